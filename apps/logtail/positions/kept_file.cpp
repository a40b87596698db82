#include "kept_file.hpp"

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/memory/content_view.hpp>
#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <system_error>

namespace logpipe::logtail {

follow::kept_generation keep_from(int descriptor, const std::string& source, std::uint64_t offset) {
  const auto status = follow::status_of(descriptor);
  follow::kept_generation kept;
  kept.source = source;
  // A link's target is what rotates, so its name is the one to look for.
  kept.name = follow::current_name(descriptor);
  if (kept.name.empty()) kept.name = source;
  follow::identify(kept, status.id, follow::content_view(descriptor, source).head());
  kept.file_size = status.size;
  kept.read = follow::bookmark_at(descriptor, offset);
  kept.sent = offset;
  kept.size = std::max(status.size, offset);
  return kept;
}

std::optional<follow::kept_generation> keep_left_out(const std::string& path,
                                                     const std::string& source) {
  const auto status = follow::status_of(path);
  if (!status || !S_ISREG(status->mode)) return std::nullopt;
  try {
    const fd file = follow::open_regular(path);
    return follow::describe_left_out(follow::content_view(file.get(), path), *status, source, path);
  } catch (const std::system_error&) {  // it has its number still
    follow::kept_generation kept;
    kept.source = source;
    kept.name = follow::full_path(path);
    follow::identify(kept, status->id, {});
    kept.file_size = status->size;
    kept.what = follow::kept_generation::state::left_out;
    return kept;
  }
}

}  // namespace logpipe::logtail
