#pragma once

#include "common/broker_watch.hpp"
#include "plan.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/topics.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace logpipe::logtail {

/// The topics of a run, and what the brokers have told of them. One that is missing, or that we may
/// not write to, is told once and asked for again: lines wait for it.
class topic_book {
public:
  topic_book(const plan& plan, app::messages& out, app::broker_watch& brokers)
      : m_plan(plan), m_out(out), m_brokers(brokers) {}

  /// Number of the topic that a source's lines go to. Topics are numbered from 0 in the order in
  /// which they come up; a new one is asked for with the next ask().
  std::size_t number_for(const std::string& source_path);
  std::size_t size() const noexcept { return m_topics.size(); }
  const std::string& name(std::size_t topic) const { return m_topics[topic].name; }
  /// 0: it is not open.
  std::int32_t partitions(std::size_t topic) const { return m_topics[topic].partitions; }

  /// Asks about those that are not open and whose time has come, and makes the missing where that
  /// is wanted. Gives those that opened. Waits for up to 200 ms for a broker that does not answer.
  std::vector<std::size_t> ask(rd_kafka_s* handle, time_point now);
  /// Why the last question was not answered, if it was not.
  std::optional<kafka::error_code> unanswered() const noexcept { return m_unanswered; }
  /// When ask() has something to do; nothing: all are open.
  std::optional<time_point> next_question() const;

  /// Each is open, or was told to be missing or denied.
  bool settled() const;
  /// Topics that were told to be missing or denied, and still are.
  std::size_t failing() const;

  /// The smallest and the largest max.message.bytes of the topics that are open. What a broker does
  /// not tell is taken for Kafka's default.
  struct message_limits {
    std::uint64_t smallest;
    std::uint64_t largest;
  };
  message_limits limits() const;
  /// Asks for them again; they can be changed at any time. Waits for up to a second for each.
  void ask_limits(rd_kafka_s* handle);

private:
  struct listing {
    std::string name;
    std::int32_t partitions = 0;
    std::optional<std::uint64_t> max_message_bytes = {};
    time_point next_question{};
    std::optional<time_point> missing_since = {};
    bool failing = false;
  };

  std::optional<kafka::topic_info> describe(rd_kafka_s* handle, const listing& asked);
  void opened(listing& which, const kafka::topic_info& told, rd_kafka_s* handle);
  void missing(listing& which, rd_kafka_s* handle, time_point now);
  void make(listing& which, rd_kafka_s* handle, time_point now);
  void fail(listing& which, const std::string& why, time_point now);
  std::string not_there(const listing& which, rd_kafka_s* handle) const;

  const plan& m_plan;
  app::messages& m_out;
  app::broker_watch& m_brokers;
  std::vector<listing> m_topics;
  std::unordered_map<std::string, std::size_t> m_numbers;
  std::optional<kafka::error_code> m_unanswered;
};

}  // namespace logpipe::logtail
