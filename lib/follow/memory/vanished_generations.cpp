#include <logpipe/follow/memory/vanished_generations.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

bool is_there(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::exists(path, unknown);
}

}  // namespace

vanished_generations::vanished_generations(const std::string& path, const std::string& log,
                                           const surroundings& around, bool is_hidden)
    : m_log(log),
      m_around(around),
      m_is_here(is_there(path) || !around.kept.there(log).empty()),
      m_is_hidden(is_hidden) {}

/// An empty place may be one where nothing is mounted yet.
bool vanished_generations::may_come(const kept_generation& kept, directory_lists& lists) const {
  return !m_is_here || !lists.can_list(directory_of(kept.name));
}

bool vanished_generations::may_come(directory_lists& lists) const {
  const auto missing = m_around.kept.missing(m_log);
  return std::any_of(missing.begin(), missing.end(), [&](const kept_generation* each) {
    return !each->is_done() && (m_is_hidden || may_come(*each, lists));
  });
}

void vanished_generations::tell(directory_lists& lists) const {
  generations_seen seen{.there = m_around.kept.there(m_log), .gone = {}};
  for (const kept_generation* kept : m_around.kept.missing(m_log)) {
    if (may_come(*kept, lists)) continue;
    if (kept->is_done()) {
      seen.gone.push_back(kept->id);
    } else if (!m_is_hidden) {
      const std::uint64_t end = std::max(kept->size, kept->sent);
      m_around.tell(generation_vanished{*kept, end - std::min(end, kept->read.offset)});
      m_around.kept.found({kept->id});
    }
  }
  if (!seen.there.empty() || !seen.gone.empty()) m_around.tell(std::move(seen));
}

}  // namespace logpipe::follow
