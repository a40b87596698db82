#include "source_table.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace logpipe::logtail {

void source_table::add(follow::source_id source, std::string path, std::size_t topic) {
  const std::size_t name_at = path.rfind('/') + 1;  // npos + 1 is 0
  m_entries.insert_or_assign(source, entry{std::move(path), name_at, topic});
  m_by_topic.emplace(topic, source);
}

void source_table::remove(follow::source_id source) {
  const auto gone = m_entries.find(source);
  if (gone == m_entries.end()) return;
  const auto [first, last] = m_by_topic.equal_range(gone->second.topic);
  m_by_topic.erase(
      std::find_if(first, last, [&](const auto& each) { return each.second == source; }));
  m_entries.erase(gone);
}

ship::source_name source_table::name(follow::source_id source) const {
  const entry& of = m_entries.at(source);
  return {.path = of.path, .name = std::string_view(of.path).substr(of.name_at)};
}

void source_table::close_topic(std::size_t topic) {
  set_open(topic, false);
}

void source_table::open_topic(std::size_t topic) {
  set_open(topic, true);
}

void source_table::set_wanted(follow::source_id source, bool wanted) {
  if (m_entries.contains(source)) change(source, &entry::wanted, wanted);
}

void source_table::set_open(std::size_t topic, bool open) {
  const auto [first, last] = m_by_topic.equal_range(topic);
  for (auto at = first; at != last; ++at) {
    change(at->second, &entry::open, open);
  }
}

void source_table::change(follow::source_id source, bool entry::*what, bool to) {
  entry& of = m_entries.at(source);
  const bool was_read = of.open && of.wanted;
  of.*what = to;
  const bool is_read = of.open && of.wanted;
  if (was_read != is_read) m_hold(source, !is_read);
}

}  // namespace logpipe::logtail
