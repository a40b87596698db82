#include "random_story.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace logpipe::follow::testing {

using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t end_of_story = 1'000'000;

follow_options options_for(random_source& random, bool poll) {
  follow_options options;
  options.start.where = start_at::kind::beginning;
  options.block_size = random.one_in(2) ? 64 : 4096;
  options.max_line = 5000;
  if (poll) options.poll = 250ms;
  return options;
}

std::string in_words(milliseconds time) {
  return std::to_string(time.count()) + " ms";
}

}  // namespace

const std::vector<random_story::operation>& random_story::operations() {
  using story = random_story;
  static const std::vector<operation> all = {
      {30, &story::append_lines},
      {10, &story::append_half},
      {8, &story::append_in_old_file},
      {4, &story::append_and_close},
      {6, &story::reopen},
      {2, &story::close_any_writers},
      {8, &story::rotate},
      {3, &story::rotate_repeatedly},
      {4, &story::remove},
      {3, &story::replace},
      {2, &story::replace_by_longer},
      {3, &story::point_link},
      {1, &story::add_hard_link},
      {2, &story::move_aside},
      {3, &story::move_back},
      {1, &story::move_onto_another},
      {1, &story::move_directory},
      {2, &story::set_times},
      {4, &story::cut_when_read},
      {2, &story::cut},
      {1, &story::cut_partly},
      {3, &story::rewrite},
      {4, &story::copy_and_cut},
      {1, &story::write_on_in_old_file},
      {24, &story::step},
      {3, &story::step_for_long},
      {5, &story::only_look},
      {4, &story::read_some},
      {1, &story::stay_quiet},
  };
  return all;
}

random_story::random_story(std::uint64_t seed)
    : m_random(seed),
      m_text(m_random, m_random.one_in(8)),
      m_poll(m_random.one_in(2)),
      m_options(options_for(m_random, m_poll)),
      m_model(m_options.max_line, !m_poll),
      m_files(m_model),
      m_reader(m_options, m_files.root(), m_model) {
  note((m_poll ? "poll, blocks of " : "inotify, blocks of ") +
       std::to_string(m_options.block_size));
  const std::array<std::string, 3> names = {"a.log", m_random.one_in(2) ? "in/b.log" : "b.log",
                                            "in/c.log"};
  m_files.make_directory("in");
  const std::size_t count = m_random.one_in(2) ? 1 : 2 + m_random.pick(2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& name = names[(i + (count == 1 ? m_random.pick(3) : 0)) % 3];
    m_logs.push_back({.name = name, .dated = m_random.one_in(2), .writers = {}});
    if (!m_random.one_in(4)) append_lines();
  }
}

void random_story::run(const std::vector<std::size_t>& numbers) {
  std::vector<std::string> followed;
  for (const auto& log : m_logs) {
    followed.push_back(log.name);
  }
  m_reader.start(followed);

  const auto& all = random_story::operations();
  for (const std::size_t number : numbers) {
    m_random.restart_at(number);
    const operation& chosen = m_random.choose(all);
    m_told += "\n  " + std::to_string(number) + ": ";
    (this->*chosen.happens)();
  }
  m_random.restart_at(end_of_story);
  if (m_random.one_in(2)) step_for_long();
  m_told += "\n  ";
  note("stop");
  m_reader.stop();
  m_model.require_all_given_or_told();
  for (written_log& log : m_logs) {
    if (!log.writers.empty()) write(log.writers.back(), m_text.lines(1));
  }
  m_reader.look_once_more();
}

void random_story::wait(milliseconds time) {
  note(in_words(time));
  m_reader.step(time);
}

void random_story::step() {
  wait(milliseconds(m_random.pick(m_random.one_in(3) ? 9000 : 1500)));
}

void random_story::step_for_long() {
  wait(30s);
  m_model.require_all_given();
}

void random_story::only_look() {
  const auto time = milliseconds(m_random.pick(m_random.one_in(3) ? 15000 : 1000));
  note("held up for " + in_words(time));
  m_reader.held_up_step(time, 0);
}

void random_story::read_some() {
  const auto time = milliseconds(m_random.pick(2500));
  const auto chunks = static_cast<int>(1 + m_random.pick(4));
  note(in_words(time) + ", reads only " + std::to_string(chunks) + " blocks");
  m_reader.held_up_step(time, chunks);
}

/// For longer than an old file is watched.
void random_story::stay_quiet() {
  for (written_log& log : m_logs) {
    close_writers(log);
  }
  log_directory::await_next_tick();
  wait(6min);
  m_model.require_all_given();
}

}  // namespace logpipe::follow::testing
