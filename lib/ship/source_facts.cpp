#include <logpipe/ship/source_facts.hpp>

namespace logpipe::ship {

source_facts::source_facts(const std::vector<kept_source>& kept) {
  for (const auto& each : kept) {
    m_sources.emplace(each.path, each);
  }
}

const kept_source* source_facts::find(const std::string& path) const {
  const auto found = m_sources.find(path);
  return found == m_sources.end() ? nullptr : &found->second;
}

kept_source& source_facts::change(const std::string& path) {
  m_changed.insert(path);
  kept_source& of = m_sources[path];
  of.path = path;
  return of;
}

void source_facts::collect(position_changes& to) const {
  for (const auto& path : m_changed) {
    to.sources.push_back(m_sources.at(path));
  }
}

}  // namespace logpipe::ship
