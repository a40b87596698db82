#pragma once

#include "kafka_fixture.hpp"

#include <logpipe/kafka/producer.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace logpipe::test {

/// One producer, one topic "log", and what was heard of it.
class shipping {
public:
  explicit shipping(int partitions = 1) : settings(settings_for(cluster)) {
    cluster.make_topic("log", partitions);
  }

  kafka::producer& out() {
    if (!m_producer) m_producer.emplace(settings).add_topic("log");
    return *m_producer;
  }
  std::size_t send(const std::vector<std::string_view>& payloads, void* tag = nullptr,
                   std::int32_t partition = 0, bytes key = std::nullopt) {
    return out().send({0, partition}, payloads, key, tag, refused);
  }
  std::size_t send_records(const std::vector<kafka::outgoing_record>& records,
                           std::int32_t partition = 0) {
    std::vector<const kafka::outgoing_record*> views;
    views.reserve(records.size());
    for (const auto& record : records) {
      views.push_back(&record);
    }
    return out().send({0, partition}, views, refused);
  }
  /// Serves until every record has been reported.
  bool settle() { return test::settle(out(), seen); }
  bool hear(kafka::notice::kind kind) {
    return eventually([&] {
      out().serve(seen, milliseconds(10));
      return seen.heard_of(kind);
    });
  }

  mock_cluster cluster;
  kafka::config settings;
  recorder seen;
  std::vector<kafka::refusal> refused;

private:
  std::optional<kafka::producer> m_producer;
};

/// What is sent is tagged by their addresses.
inline int first_batch = 1;
inline int second_batch = 2;

}  // namespace logpipe::test
