#include "topic_watch.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>

namespace logpipe::logcat {
namespace {

constexpr milliseconds interval(5000);
// Short, for the end of the run waits for the question that is under way.
constexpr milliseconds timeout(1000);

}  // namespace

topic_watch::topic_watch(const plan& plan, const std::vector<partition_log>& known)
    : m_plan(plan),
      m_reader(plan.connection.settings, {}),
      m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!m_wake) throw_errno("eventfd");
  for (const auto& log : known) {
    m_known.emplace(log.topic, log.partition);
  }
  m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

std::vector<partition_log> topic_watch::take() {
  std::uint64_t ignored = 0;
  [[maybe_unused]] const auto drained = ::read(m_wake.get(), &ignored, sizeof ignored);
  const std::lock_guard lock(m_mutex);
  return std::exchange(m_found, {});
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
    m_changed.wait_for(lock, stop, interval, [this] { return m_asked; });
    m_asked = false;
    lock.unlock();
    for (const auto& topic : m_plan.selection.topics) {
      if (stop.stop_requested()) return;
      try {
        look_for_partitions(topic);
      } catch (const kafka::kafka_error&) {
        // The reader hears of the same trouble and tells of it; here it is tried again.
      }
    }
    m_reader.read(milliseconds(0));
    lock.lock();
  }
}

void topic_watch::look_for_partitions(const std::string& topic) {
  const auto info = kafka::describe_topic(m_reader.handle(), topic, timeout);
  m_answered = true;
  std::vector<std::int32_t> fresh;
  for (const auto& each : info.partitions) {
    const bool wanted =
        m_plan.selection.partitions.empty() ||
        std::find(m_plan.selection.partitions.begin(), m_plan.selection.partitions.end(),
                  each.id) != m_plan.selection.partitions.end();
    if (wanted && each.leader >= 0 && !m_known.contains({topic, each.id})) fresh.push_back(each.id);
  }
  if (!fresh.empty()) {
    const auto logs = ask_offsets(m_reader.handle(), topic, fresh, timeout);
    for (const auto id : fresh) {
      m_known.emplace(topic, id);
    }
    const std::lock_guard lock(m_mutex);
    m_found.insert(m_found.end(), logs.begin(), logs.end());
  }
  signal();
}

void topic_watch::signal() const noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(m_wake.get(), &one, sizeof one);
}

}  // namespace logpipe::logcat
