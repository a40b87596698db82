#include <logpipe/follow/memory/vanished.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

namespace logpipe::follow {

bool tell_vanished(const std::string& path, const std::string& log, const surroundings& around,
                   bool is_hidden, directory_lists& lists) {
  bool is_all = true;
  generations_seen seen{.there = around.kept.there(log), .gone = {}};
  // An empty place may be one where nothing is mounted yet.
  std::error_code unknown;
  const bool is_here = std::filesystem::exists(path, unknown) || !seen.there.empty();
  for (const kept_generation* kept : around.kept.missing(log)) {
    const bool is_gone = is_here && lists.can_list(directory_of(kept->name));
    // Of a file in which nothing was ever seen nothing can be missed.
    const bool was_empty = kept->size == 0 && kept->head.size() == 0;
    if (kept->is_done() || was_empty) {
      if (is_gone) seen.gone.push_back(kept->id);
    } else if (!is_gone || is_hidden) {
      is_all = false;
    } else {
      const std::uint64_t end = std::max(kept->size, kept->sent);
      around.tell(generation_vanished{*kept, end - std::min(end, kept->read.offset)});
      around.kept.found({kept->id});
    }
  }
  if (!seen.there.empty() || !seen.gone.empty()) around.tell(std::move(seen));
  return is_all;
}

}  // namespace logpipe::follow
