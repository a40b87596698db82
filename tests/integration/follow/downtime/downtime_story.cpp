#include "downtime_story.hpp"

#include <chrono>

namespace logpipe::follow::testing {

using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t end_of_story = 1'000'000;

follow_options options_for(random_source& random) {
  follow_options options;
  options.start.where = start_at::kind::beginning;
  options.block_size = random.one_in(2) ? 64 : 4096;
  options.max_line = 5000;
  options.remembers = true;
  if (random.one_in(2)) options.poll = 250ms;
  return options;
}

}  // namespace

const std::vector<downtime_story::operation>& downtime_story::operations() {
  using story = downtime_story;
  static const std::vector<operation> all = {
      {30, &story::append_lines},
      {8, &story::append_half},
      {5, &story::append_late},
      {12, &story::rotate},
      {4, &story::rotate_repeatedly},
      {6, &story::copy_and_cut},
      {8, &story::compress},
      {6, &story::restore},
      {2, &story::remove},
      {20, &story::start},
      {6, &story::settle},
      {8, &story::stop},
      {10, &story::die},
  };
  return all;
}

downtime_story::downtime_story(std::uint64_t seed)
    : m_random(seed),
      m_text(m_random, m_random.one_in(8)),
      m_options(options_for(m_random)),
      m_model(m_logs, m_options.max_line, m_text.alike()),
      m_reader(m_options, m_logs, m_model) {
  note(std::string(m_options.poll ? "poll" : "inotify") + ", blocks of " +
       std::to_string(m_options.block_size));
  for (std::size_t i = 1 + m_random.pick(2); i != 0; --i) {
    rotated_log& log =
        m_logs.add("log" + std::to_string(i), m_random.one_in(2), m_random.one_in(3));
    note(log.name + (log.dated ? " (dates)" : "") + (log.file != log.name ? " (a link)" : ""));
    append(log, m_text.lines(m_random.pick(4)));
    for (std::size_t old = m_random.pick(3); old != 0; --old) {
      log.generations.back().is_past = true;
      rotate(log);
      append(log, m_text.lines(m_random.pick(4)));
    }
  }
}

void downtime_story::run(const std::vector<std::size_t>& numbers) {
  start();
  const auto& all = operations();
  for (const std::size_t number : numbers) {
    m_random.restart_at(number);
    const operation& chosen = m_random.choose(all);
    m_told += "\n  " + std::to_string(number) + ": ";
    (this->*chosen.happens)();
  }
  m_random.restart_at(end_of_story);
  m_told += "\n  ";
  // What came late, and what was told in the last one, is settled in a run with nothing new.
  for (int runs = 0; runs < 2; ++runs) {
    if (m_reader.runs()) stop();
    start();
    settle();
  }
  stop();
}

void downtime_story::start() {
  if (m_reader.runs()) return settle();
  note("start");
  m_reader.start();
  if (m_random.one_in(2)) settle();
}

/// For long enough that all is read, and old files are left.
void downtime_story::settle() {
  if (!m_reader.runs()) return;
  note("30 s");
  m_reader.step(30s);
  m_model.require_all_given();
  m_reader.acknowledge_and_keep(m_random.pick(m_reader.waiting() + 1));
}

void downtime_story::stop() {
  if (!m_reader.runs()) return;
  note("stop");
  m_reader.stop();
}

void downtime_story::die() {
  if (!m_reader.runs()) return start();
  append(any_log(), m_text.lines(m_random.pick(60)));
  const std::size_t chunks = m_random.pick(12);
  note("reads " + std::to_string(chunks) + " blocks");
  m_reader.read_some(chunks);
  const std::size_t acknowledged = m_random.pick(m_reader.waiting() + 1);
  note(std::to_string(acknowledged) + " of " + std::to_string(m_reader.waiting()) +
       " are acknowledged");
  m_reader.acknowledge_and_keep(acknowledged);
  if (m_random.one_in(2)) m_reader.read_some(m_random.pick(4));
  note("dies");
  m_reader.die();
}

}  // namespace logpipe::follow::testing
