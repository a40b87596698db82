#pragma once

#include "known_partitions.hpp"
#include "leaderless.hpp"
#include "logcat/plan.hpp"
#include "logcat/selection/lookup.hpp"
#include "same_log.hpp"

#include <logpipe/base/fd.hpp>
#include <logpipe/kafka/reader.hpp>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace logpipe::logcat {

/// While a run follows: looks every few seconds, in a thread and over a connection of its own (an
/// idle long poll holds up the reader's), for topics and partitions that are not read yet, for
/// topics that are gone, for what comes back, and for partitions without a leader.
class topic_watch {
public:
  /// `known`: what the run begins with. `plan` must stay.
  topic_watch(const plan& plan, const found_partitions& known);

  /// A partition that is to be read from now on.
  struct start {
    partition_log log;
    std::int64_t first;
    /// Why: it is new, was late or stopped.
    known_partitions::standing was;
    /// Another log than the one that was read, where it was.
    bool made_anew;
  };
  struct news {
    std::vector<start> starts;
    /// Topics that are not there any more; their partitions are to be stopped and given to lost().
    std::vector<std::string> gone;
    std::vector<leaderless_partitions::change> leaders;
  };
  /// Readable when take() has something, or a broker answered check_now().
  int wake_fd() const noexcept { return m_wake.get(); }
  /// All that has become known since the last call.
  news take();

  /// A partition was stopped, for it is not there, or seemed so: it is among the starts again once
  /// it can be read.
  void lost(const bookmark& where);

  /// Looks at once: whether a broker answers.
  void check_now();
  /// Whether one has answered since the last call.
  bool take_answered() noexcept { return m_answered.exchange(false); }

  /// For other questions of the run.
  rd_kafka_s* handle() const noexcept { return m_reader.handle(); }

private:
  using candidates = std::vector<known_partitions::candidate>;

  void run(const std::stop_token& stop);
  void note_lost(std::vector<bookmark> lost);
  void look(const std::stop_token& stop);
  void look_at(const kafka::topic_info& topic, candidates& found);
  void look_at_expressions(candidates& found);
  void begin(const candidates& found, const std::stop_token& stop);
  start begin_at(const known_partitions::candidate& found, const partition_log& log);
  std::int64_t late_start(const known_partitions::candidate& found, const partition_log& log);
  void tell(news fresh);

  const plan& m_plan;
  const std::int64_t m_began;  // milliseconds since the epoch
  kafka::reader m_reader;      // of the thread, but for its handle
  fd m_wake;
  // Of the thread.
  known_partitions m_known;
  leaderless_partitions m_leaderless;
  std::map<kafka::topic_partition, bookmark> m_marks;

  std::atomic<bool> m_answered = false;
  std::mutex m_mutex;  // of what follows
  std::condition_variable_any m_changed;
  bool m_asked = false;
  std::vector<bookmark> m_lost;
  news m_news;
  std::jthread m_thread;  // last: it uses all the others
};

}  // namespace logpipe::logcat
