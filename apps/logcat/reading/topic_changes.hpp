#pragma once

#include "assigner.hpp"
#include "assignment.hpp"
#include "logcat/run_context.hpp"
#include "topic_watch.hpp"

#include <logpipe/kafka/reader.hpp>

#include <memory>
#include <vector>

namespace logpipe::logcat {

/// What becomes of partitions when topics come, go, and come back while they are read. A partition
/// that is not there, or seems so, is stopped; when it is there again it goes on where it was, or
/// from the start of a log that is another one.
class topic_changes {
public:
  /// All must outlive it. With a `watch`, what it finds is added, or left to the `group`; without
  /// one only what was read and lost is looked for, by a watch of its own.
  topic_changes(run_context& context, kafka::reader& reader, assignment& parts, const plan& plan,
                topic_watch* watch, assigner* group = nullptr);

  /// The brokers say that it is not there.
  void lost(reading& part);
  /// Deals with what is known by now. Throws std::runtime_error when a topic is gone, in a bounded
  /// run.
  void look();

  /// What appears from now on comes too late.
  void add_no_more() noexcept { m_adds = false; }

  /// Readable when look() has something to do; -1 when it never will.
  int wake_fd() const noexcept { return m_watch != nullptr ? m_watch->wake_fd() : -1; }
  /// For questions while an idle long poll may hold up the reader's connection.
  rd_kafka_s* handle_to_ask() const noexcept {
    return m_watch != nullptr ? m_watch->handle() : m_reader.handle();
  }
  /// A broker is asked whether it answers, where that is done beside the reader.
  void check_connection();

private:
  void stop(reading& part);
  void on_gone(const std::string& topic);
  void on_start(const topic_watch::start& start);
  void go_on(reading& part, const topic_watch::start& start);
  void tell(const std::vector<leaderless_partitions::change>& leaders);
  found_partitions all_parts() const;

  run_context& m_context;
  kafka::reader& m_reader;
  assignment& m_parts;
  const plan& m_plan;
  topic_watch* m_watch;
  assigner* m_group;
  bool m_adds;
  std::unique_ptr<topic_watch> m_own_watch;
};

}  // namespace logpipe::logcat
