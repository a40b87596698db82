#pragma once

#include "notebook.hpp"

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/follower.hpp>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::follow::testing {

using lines = std::vector<std::string>;

/// A process that has a log open, and goes on writing to it wherever the file is moved.
class writer {
public:
  explicit writer(const std::string& path);
  void write(std::string_view text);
  void close() { m_file.reset(); }

private:
  fd m_file;
};

/// A directory with logs, a follower, and a logical clock. What happens between two steps happens
/// unseen by the follower, as for a reader that has no time.
class follow_fixture {
public:
  follow_fixture();
  ~follow_fixture();
  follow_fixture(const follow_fixture&) = delete;
  follow_fixture& operator=(const follow_fixture&) = delete;

  // What happens to files; names are relative to the directory.
  std::string path(const std::string& name) const { return m_directory / name; }
  void append(const std::string& name, std::string_view text);
  void rename(const std::string& from, const std::string& to);
  void remove(const std::string& name);
  void truncate(const std::string& name, std::uintmax_t size = 0);
  /// Cuts the file and writes it anew before the follower can look.
  void rewrite(const std::string& name, std::string_view text);
  void copy(const std::string& from, const std::string& to);
  void link(const std::string& target, const std::string& name);
  /// Points a link elsewhere in one step, as `ln -sfn` with a rename does.
  void relink(const std::string& target, const std::string& name);
  void make_directory(const std::string& name);
  void remove_directory(const std::string& name);

  // What the follower does.
  follow_options options;
  void follow(const std::string& name);
  void follow_all(const std::string& pattern, file_pattern::kind what = file_pattern::kind::glob);
  /// Lets time pass as the application's loop does: waits, looks, reads what there is.
  void step(milliseconds time);
  /// Long enough for it to notice what happened: it polls what was quiet for long each 2 s.
  void step() { step(milliseconds(options.poll ? 2100 : 300)); }
  /// Lets time pass and looks, but reads nothing: the reader is held up by a slow broker.
  void only_look(milliseconds time);
  /// Reads what is there, at the present time.
  void drain();
  /// Reads once. False when there was nothing.
  bool read_one();
  follower& subject();
  /// Forgets the follower, and what it gave: the next call of subject() makes a new one.
  void restart();
  /// The same, but the new one goes on from what was kept (options.remembers); what was told is
  /// still there. `orderly`: the one before was asked at its end how its files stand.
  void end(bool orderly = true);
  std::vector<kept_generation> kept() const { return m_notes.kept(); }
  time_point now() const { return m_now; }

  // What came out since the last time it was asked for; the pieces of long lines are joined.
  lines took(const std::string& name);
  lines took() { return took("log"); }
  /// The same for all sources together, whatever they are called; those of one in their order.
  lines took_all();
  /// How many chunks were pieces of lines that go on.
  std::size_t pieces() const noexcept { return m_pieces; }
  template <typename Event>
  std::vector<Event> told() const {
    std::vector<Event> found;
    for (const auto& event : m_events) {
      if (const auto* it = std::get_if<Event>(&event)) found.push_back(*it);
    }
    return found;
  }

private:
  void take(const chunk& chunk);
  void look_if_woken();

  std::filesystem::path m_directory;
  time_point m_now{std::chrono::hours(1)};
  std::vector<event> m_events;
  std::map<std::string, lines> m_lines;
  std::map<generation_id, std::uint64_t> m_ends;
  /// By generation: the pieces of a line that goes on.
  std::map<generation_id, std::string> m_begun;
  std::size_t m_pieces = 0;
  chunk m_read;
  notebook m_notes;
  std::optional<follower> m_follower;
};

/// The number of descriptors that this process has open.
std::size_t open_descriptors();

}  // namespace logpipe::follow::testing
