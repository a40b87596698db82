#pragma once

#include "../model/random_source.hpp"
#include "downtime_model.hpp"
#include "keeping_reader.hpp"
#include "rotated_logs.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace logpipe::follow::testing {

/// What happens to some logs while their reader runs and while it does not, at random: what happens
/// while it runs is left time to be noticed, because another story tells how that is (see
/// random_story). Everything is made from the seed alone: the operation with a number is the same
/// one, whichever come before it.
class downtime_story {
public:
  explicit downtime_story(std::uint64_t seed);

  /// Throws broken_promise when something comes out that must not, or does not come.
  void run(const std::vector<std::size_t>& operations);
  /// What has happened so far, in words.
  const std::string& told() const noexcept { return m_told; }

  struct operation {
    std::size_t weight;
    void (downtime_story::*happens)();
  };

private:
  // What writers do, and who rotates.
  void append_lines();
  void append_half();
  void append_late();
  void rotate();
  void rotate_repeatedly();
  void copy_and_cut();
  void compress();
  void restore();
  void remove();

  // What the reader does.
  void start();
  void settle();
  void stop();
  void die();

  static const std::vector<operation>& operations();
  rotated_log& any_log() { return m_logs.all()[m_random.pick(m_logs.all().size())]; }
  /// A rotated generation that is there; null: none was picked.
  log_generation* any_old(rotated_log& log);
  bool is_known_again(const log_generation& file) const;
  void append(rotated_log& log, const std::string& text);
  void rotate(rotated_log& log);
  void note(const std::string& what) { m_told += what + "; "; }

  random_source m_random;
  random_text m_text;
  follow_options m_options;
  rotated_logs m_logs;
  downtime_model m_model;
  keeping_reader m_reader;
  std::string m_told;
};

}  // namespace logpipe::follow::testing
