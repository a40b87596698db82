#pragma once

#include "logcat/selection/lookup.hpp"

#include <logpipe/base/fd.hpp>
#include <logpipe/kafka/reader.hpp>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace logpipe::logcat {

/// While a run follows: looks every few seconds, in a thread and over a connection of its own (an
/// idle long poll holds up the reader's), for partitions that are not read yet.
class topic_watch {
public:
  /// `known`: what is read already. `plan` must stay.
  topic_watch(const plan& plan, const std::vector<partition_log>& known);

  /// Readable when take() has something, or a broker answered check_now().
  int wake_fd() const noexcept { return m_wake.get(); }
  /// Partitions that were not known before, each once.
  std::vector<partition_log> take();

  /// Looks at once: whether a broker answers.
  void check_now();
  /// Whether one has answered since the last call.
  bool take_answered() noexcept { return m_answered.exchange(false); }

  /// For other questions of the run.
  rd_kafka_s* handle() const noexcept { return m_reader.handle(); }

private:
  void run(const std::stop_token& stop);
  void look_for_partitions(const std::string& topic);
  void signal() const noexcept;

  const plan& m_plan;
  kafka::reader m_reader;  // reads nothing; the thread takes its notices away
  fd m_wake;
  std::set<std::pair<std::string, std::int32_t>> m_known;  // of the thread
  std::atomic<bool> m_answered = false;
  std::mutex m_mutex;  // of what follows
  std::condition_variable_any m_changed;
  bool m_asked = false;
  std::vector<partition_log> m_found;
  std::jthread m_thread;  // last: it uses all the others
};

}  // namespace logpipe::logcat
