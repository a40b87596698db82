#pragma once

#include "log_directory.hpp"
#include "log_model.hpp"
#include "model_reader.hpp"
#include "random_source.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace logpipe::follow::testing {

/// What happens to some logs and to their reader, at random. Everything that happens is made from
/// the seed alone: the operation with a number is the same one, whichever come before it.
class random_story {
public:
  explicit random_story(std::uint64_t seed);

  /// Throws broken_promise when something comes out that must not, or does not come.
  void run(const std::vector<std::size_t>& operations);
  /// What has happened so far, in words.
  const std::string& told() const noexcept { return m_told; }

  struct operation {
    std::size_t weight;
    void (random_story::*happens)();
  };

private:
  /// A log as its writers see it: the last of them writes to the newest file that was opened, the
  /// others have stayed where they were.
  struct written_log {
    std::string name;
    bool dated;
    std::vector<open_log> writers;
  };

  // What writers do.
  void append_lines();
  void append_half();
  void append_in_old_file();
  void append_and_close();
  void reopen();
  void close_any_writers();

  // What happens to names.
  void rotate();
  void rotate_repeatedly();
  void write_on_in_old_file();
  void remove();
  void replace();
  void replace_by_longer();
  void point_link();
  void add_hard_link();
  void move_aside();
  void move_back();
  void move_onto_another();
  void move_directory();
  void set_times();

  // What happens to a file's content.
  void cut_when_read();
  void cut();
  void cut_partly();
  void rewrite();
  void copy_and_cut();

  // What the reader does.
  void step();
  void step_for_long();
  void only_look();
  void read_some();
  void stay_quiet();

  static const std::vector<operation>& operations();
  written_log& any_log() { return m_logs[m_random.pick(m_logs.size())]; }
  bool exists(const written_log& log) const { return m_model.names().at(log.name) != nullptr; }
  time_point now() const { return m_reader.now(); }
  void note(const std::string& what) { m_told += what + "; "; }
  void open(written_log& log);
  void close_writers(written_log& log);
  void write(const open_log& to, const std::string& text);
  void rename_rotated(written_log& log);
  std::string next_rotated_name(const written_log& log);
  std::string next_to(const written_log& log, const std::string& suffix);
  void wait(milliseconds time);

  random_source m_random;
  random_text m_text;
  bool m_poll;
  follow_options m_options;
  log_model m_model;
  log_directory m_files;
  model_reader m_reader;
  std::vector<written_log> m_logs;
  std::vector<std::string> m_aside;
  std::size_t m_counter = 0;
  std::string m_told;
};

}  // namespace logpipe::follow::testing
