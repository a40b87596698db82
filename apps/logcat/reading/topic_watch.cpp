#include "topic_watch.hpp"

#include <logpipe/base/time.hpp>

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace logpipe::logcat {
namespace {

using standing = known_partitions::standing;

constexpr milliseconds interval(5000);
// While something may be over soon.
constexpr milliseconds short_interval(500);
// Short, for the end of the run waits for the question that is under way.
constexpr milliseconds timeout(1000);

constexpr kafka::error_code unknown_topic = 3;

/// Does what asks brokers. The reader hears of the same trouble and tells of it; here it is tried
/// again, at the next look.
template <typename Ask>
void unless_unanswered(Ask&& ask) {
  try {
    ask();
  } catch (const kafka::kafka_error&) {  // NOLINT(bugprone-empty-catch)
  }
}

kafka::led_partition place_of(const known_partitions::candidate& found) {
  return {found.topic, found.partition.id, found.partition.leader};
}

}  // namespace

topic_watch::topic_watch(const plan& plan, const found_partitions& known)
    : m_plan(plan),
      m_began(wall_clock_now()),
      m_reader(plan.connection.settings, {.isolation = plan.selection.isolation}),
      m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_known(plan.selection) {
  if (!m_wake) throw_errno("eventfd");
  for (const auto& log : known.logs) {
    m_known.set({log.topic, log.partition}, standing::read);
  }
  for (const auto& partition : known.unanswered) {
    m_known.set(partition, standing::late);
  }
  m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

topic_watch::news topic_watch::take() {
  std::uint64_t ignored = 0;
  [[maybe_unused]] const auto drained = ::read(m_wake.get(), &ignored, sizeof ignored);
  const std::lock_guard lock(m_mutex);
  return std::exchange(m_news, {});
}

void topic_watch::lost(const bookmark& where) {
  {
    const std::lock_guard lock(m_mutex);
    m_lost.push_back(where);
  }
  check_now();
}

void topic_watch::check_now() {
  {
    const std::lock_guard lock(m_mutex);
    m_asked = true;
  }
  m_changed.notify_one();
}

void topic_watch::run(const std::stop_token& stop) {
  std::unique_lock lock(m_mutex);
  while (!stop.stop_requested()) {
    const auto rest = m_known.restless() ? short_interval : interval;
    m_changed.wait_for(lock, stop, rest, [this] { return m_asked; });
    m_asked = false;
    note_lost(std::exchange(m_lost, {}));
    lock.unlock();
    look(stop);
    m_reader.read(milliseconds(0));
    lock.lock();
  }
}

void topic_watch::note_lost(std::vector<bookmark> lost) {
  for (auto& mark : lost) {
    m_known.set(mark.partition, standing::stopped);
    m_marks.insert_or_assign(mark.partition, std::move(mark));
  }
}

void topic_watch::look(const std::stop_token& stop) {
  candidates found;
  for (const auto& topic : m_plan.selection.topics) {
    if (stop.stop_requested()) return;
    unless_unanswered(
        [&] { look_at(kafka::describe_topic(m_reader.handle(), topic, timeout), found); });
  }
  if (!m_plan.selection.expressions.empty()) unless_unanswered([&] { look_at_expressions(found); });
  begin(found, stop);
  tell({{}, m_known.take_gone(clock::now()), m_leaderless.take()});
}

void topic_watch::look_at(const kafka::topic_info& topic, candidates& found) {
  m_answered = true;
  const auto now = clock::now();
  m_leaderless.look(topic, now);
  const auto fresh = m_known.look(topic, now);
  found.insert(found.end(), fresh.begin(), fresh.end());
}

void topic_watch::look_at_expressions(candidates& found) {
  const auto topics = kafka::describe_topics(m_reader.handle(), timeout);
  const auto& wanted = m_plan.selection;
  for (const auto& topic : topics) {
    if (wanted.expressions.ask_for(topic.name) && !wanted.names(topic.name)) look_at(topic, found);
  }
  for (const auto& name : m_known.topics()) {
    const bool is_there = std::any_of(topics.begin(), topics.end(),
                                      [&](const auto& each) { return each.name == name; });
    if (!is_there && !wanted.names(name)) look_at({name, unknown_topic, {}}, found);
  }
}

void topic_watch::begin(const candidates& found, const std::stop_token& stop) {
  if (found.empty()) return;
  std::vector<kafka::led_partition> places;
  for (const auto& each : found) {
    places.push_back(place_of(each));
  }
  const auto asked = ask_offsets(m_reader.handle(), places, timeout).found;
  for (const auto& log : asked.logs) {
    const auto which = std::find_if(found.begin(), found.end(), [&](const auto& each) {
      return each.topic == log.topic && each.partition.id == log.partition;
    });
    if (stop.stop_requested()) return;
    unless_unanswered([&] {
      tell({{begin_at(*which, log)}, {}, {}});
      m_known.set({log.topic, log.partition}, standing::read);
      m_marks.erase({log.topic, log.partition});
    });
  }
}

topic_watch::start topic_watch::begin_at(const known_partitions::candidate& found,
                                         const partition_log& log) {
  if (found.as == standing::late) return {log, late_start(found, log), found.as, false};
  if (found.as != standing::stopped) return {log, log.begin, found.as, true};
  const bookmark& mark = m_marks.at({log.topic, log.partition});
  const sameness is = compare(m_reader, mark, log, timeout);
  const bool made_anew = is_another_log(is) || (is == sameness::unknown && found.was_gone);
  return {log, made_anew ? log.begin : mark.next, found.as, made_anew};
}

// Where the log ended when the run began, nobody can say any more. What was written since bears a
// later time, but for what a producer has held back for as long.
std::int64_t topic_watch::late_start(const known_partitions::candidate& found,
                                     const partition_log& log) {
  using kind = start_position::kind;
  const auto& asked = m_plan.selection.start_of(log.partition);
  const bool newest = m_plan.selection.tail || asked.what == kind::newest;
  if (!newest && asked.what != kind::time) return start_offset(asked, log.begin, log.end);
  const std::int64_t time = newest ? m_began : asked.number;
  const std::array place{place_of(found)};
  const auto answer = kafka::find_offsets(m_reader.handle(), place, time, timeout).front();
  if (answer.error != 0) throw kafka::kafka_error(answer.error, "offset of a time");
  return answer.offset < 0 ? log.end : std::max(answer.offset, log.begin);
}

void topic_watch::tell(news fresh) {
  {
    const std::lock_guard lock(m_mutex);
    m_news.starts.insert(m_news.starts.end(), fresh.starts.begin(), fresh.starts.end());
    m_news.gone.insert(m_news.gone.end(), fresh.gone.begin(), fresh.gone.end());
    m_news.leaders.insert(m_news.leaders.end(), fresh.leaders.begin(), fresh.leaders.end());
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(m_wake.get(), &one, sizeof one);
}

}  // namespace logpipe::logcat
