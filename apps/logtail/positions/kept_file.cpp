#include "kept_file.hpp"

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/memory/content_view.hpp>
#include <logpipe/follow/memory/description.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <system_error>

namespace logpipe::logtail {
namespace {

follow::kept_generation identified(const follow::file_status& status, const std::string& source) {
  follow::kept_generation kept;
  kept.source = source;
  kept.inode = status.id.inode;
  kept.birth = status.id.birth;
  kept.file_size = status.size;
  return kept;
}

void add_head(follow::kept_generation& to, const follow::content_view& content) {
  to.head.extend(content.head());
  to.alike = follow::all_lines_alike(content.head());
}

void add_place(follow::kept_generation& to, int descriptor, std::uint64_t offset,
               std::uint64_t size) {
  to.read = follow::bookmark_at(descriptor, offset);
  to.sent = offset;
  to.size = size;
}

}  // namespace

follow::kept_generation keep_from(int descriptor, const std::string& source, std::uint64_t offset) {
  const auto status = follow::status_of(descriptor);
  auto kept = identified(status, source);
  // A link's target is what rotates, so its name is the one to look for.
  kept.name = follow::current_name(descriptor);
  if (kept.name.empty()) kept.name = source;
  add_head(kept, follow::content_view(descriptor, source));
  add_place(kept, descriptor, offset, std::max(status.size, offset));
  return kept;
}

std::optional<follow::kept_generation> keep_left_out(const std::string& path,
                                                     const std::string& source) {
  const auto status = follow::status_of(path);
  if (!status || !S_ISREG(status->mode)) return std::nullopt;
  auto kept = identified(*status, source);
  kept.name = follow::full_path(path);
  kept.what = follow::kept_generation::state::left_out;
  try {
    const fd file = follow::open_regular(path);
    const follow::content_view content(file.get(), path);
    add_head(kept, content);
    if (!content.is_compressed()) {
      add_place(kept, file.get(), status->size, status->size);
    }
  } catch (const std::system_error&) {  // it has its number still
  }
  return kept;
}

}  // namespace logpipe::logtail
