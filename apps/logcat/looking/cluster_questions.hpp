#pragma once

#include "cluster_facts.hpp"
#include "logcat/run_context.hpp"

#include <logpipe/kafka/cluster.hpp>
#include <logpipe/kafka/reader.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// Asks a cluster what a command line looks at, in as few requests as it takes. Everything may
/// throw what run_context::ask throws.
class cluster_questions {
public:
  /// Both must outlive it.
  cluster_questions(run_context& context, const plan& plan);

  /// As metadata has it; asked once.
  const kafka::cluster_info& cluster();
  /// The plan names no topic: all are meant.
  bool asks_for_all() const noexcept;
  bool asks_for(const std::string& topic) const;
  /// The topics and partitions that are meant, internal topics last. What is named and is not there
  /// ends the run with 1: topics, a partition of one of them, an expression that matches nothing.
  /// Unlike find_topics(), no leaders are waited for.
  std::vector<kafka::topic_info> wanted_topics();

  /// In the order of `partitions`. A leader that does not answer is asked for some seconds, then
  /// its answers say so (kafka::find_offsets). `isolation`: which end is meant by kafka::at_end.
  std::vector<kafka::offset_answer> find(
      std::span<const kafka::led_partition> partitions, std::int64_t time,
      kafka::isolation_level isolation = kafka::isolation_level::committed);

  /// Any other: question(handle, timeout), as in run_context::ask.
  template <typename Question>
  auto ask(Question&& question) {
    return m_context.ask(&m_committed, [&](milliseconds timeout) {
      return question(m_committed.handle(), timeout);
    });
  }

private:
  std::optional<kafka::topic_info> named(const std::string& topic);
  void require_matches();

  run_context& m_context;
  const plan& m_plan;
  // They read nothing. Which end a handle tells is a setting of the whole handle.
  kafka::reader m_committed;
  std::unique_ptr<kafka::reader> m_uncommitted;
  std::optional<kafka::cluster_info> m_cluster;
};

/// What a run ends with when leaders did not tell all offsets, and a message for each of them.
/// `answers` belong to `partitions`. Those without a leader are no question: that is told of them.
app::exit_code tell_unanswered(app::messages& out, std::span<const kafka::led_partition> partitions,
                               std::span<const kafka::offset_answer> answers);

}  // namespace logpipe::logcat
