#pragma once

#include <logpipe/follow/follower.hpp>
#include <logpipe/ship/composer.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>

namespace logpipe::logtail {

/// What the run knows of its sources: what they are called, to which topic their lines go, and
/// whether they may be read, which takes a topic that is open and room on the way to it.
class source_table {
public:
  /// `hold` is told when a source is not to be read (true) and when it is again.
  explicit source_table(std::function<void(follow::source_id, bool)> hold)
      : m_hold(std::move(hold)) {}

  void add(follow::source_id source, std::string path, std::size_t topic);
  void remove(follow::source_id source);

  const std::string& path(follow::source_id source) const { return m_entries.at(source).path; }
  ship::source_name name(follow::source_id source) const;

  /// Sources of a topic that has not been opened are held.
  void close_topic(std::size_t topic);
  void open_topic(std::size_t topic);
  /// Whether there is room on the way.
  void set_wanted(follow::source_id source, bool wanted);

  /// `call(source, path, topic)` for each.
  template <typename Call>
  void for_each(Call call) const {
    for (const auto& [source, of] : m_entries) {
      call(source, of.path, of.topic);
    }
  }

private:
  struct entry {
    std::string path;
    std::size_t name_at;  // where its last component begins
    std::size_t topic;
    bool open = true;
    bool wanted = true;
  };
  void set_open(std::size_t topic, bool open);
  void change(follow::source_id source, bool entry::*what, bool to);

  std::function<void(follow::source_id, bool)> m_hold;
  std::unordered_map<follow::source_id, entry> m_entries;
  std::unordered_multimap<std::size_t, follow::source_id> m_by_topic;
};

}  // namespace logpipe::logtail
