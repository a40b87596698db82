#pragma once

#include <logpipe/kafka/delivery.hpp>
#include <logpipe/ship/intake.hpp>
#include <logpipe/ship/topic.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::ship {

/// Where the records of a source go.
struct destination_of_source {
  topic* to = nullptr;
  std::string path;
  /// The only partition; nothing: that depends on the record, or is not known yet.
  std::optional<std::int32_t> partition;
};

/// The topics, and which of them each source feeds. Topics and outlets do not move.
class destinations {
public:
  /// `gates` outlives it.
  destinations(routing how, std::string host, bool hands_out_invalid, intake& gates)
      : m_how(how),
        m_host(std::move(host)),
        m_hands_out_invalid(hands_out_invalid),
        m_gates(gates) {}

  topic& add_topic(const std::string& name);
  topic& topic_of(kafka::topic_id number) { return *m_topics[number]; }
  /// Makes all topics known to a new sender, by the same numbers.
  void tell(kafka::record_sender& sender) const;
  /// The first number of partitions decides where records go; it is returned by each call.
  std::int32_t count_partitions(topic& counted, std::int32_t partitions);

  void add_source(follow::source_id source, topic& to, const std::string& path);
  const destination_of_source& of(follow::source_id source) const { return m_sources[source]; }

  template <typename Call>
  void for_each_outlet(Call call) const {
    for (const auto& each : m_topics) {
      each->for_each_outlet(call);
    }
  }

private:
  /// The outlet that all records of the source go to, if there is one.
  outlet* route(destination_of_source& source) const;

  routing m_how;
  std::string m_host;
  bool m_hands_out_invalid;
  intake& m_gates;
  std::vector<std::unique_ptr<topic>> m_topics;  // by number
  std::vector<destination_of_source> m_sources;  // by source
};

}  // namespace logpipe::ship
