#include <logpipe/follow/roster.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::follow {

roster::entry& roster::add(std::unique_ptr<source> what, std::string path) {
  const source_id id = m_next++;
  m_paths.emplace(path, id);
  entry added{.what = std::move(what), .path = std::move(path)};
  return m_entries.emplace(id, std::move(added)).first->second;
}

void roster::remove(source_id id) {
  const auto [from, to] = m_paths.equal_range(at(id).path);
  m_paths.erase(std::find_if(from, to, [id](const auto& named) { return named.second == id; }));
  m_entries.erase(id);
}

std::optional<source_id> roster::by_path(const std::string& path) const {
  const auto found = m_paths.find(path);
  if (found == m_paths.end()) return std::nullopt;
  return found->second;
}

}  // namespace logpipe::follow
