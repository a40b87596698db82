#pragma once

#include <logpipe/kafka/cluster.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::logcat {

struct partition_facts {
  kafka::partition_info info;
  /// Offsets: the log's first, the end as all see it, and the last stable one, from which on an open
  /// transaction hides records. Nothing where no leader told it.
  std::optional<std::int64_t> begin;
  std::optional<std::int64_t> end;
  std::optional<std::int64_t> stable;
  /// Why one is not known; 0.
  kafka::error_code error = 0;

  bool leaderless() const noexcept { return info.leader < 0; }
  bool under_replicated() const noexcept { return info.in_sync.size() < info.replicas.size(); }
  /// Of the log, which markers and compaction make more than the records.
  std::optional<std::int64_t> offsets() const noexcept;
  /// An open transaction hides something.
  bool held_back() const noexcept { return end && stable && *stable < *end; }
};

struct topic_facts {
  std::string name;
  /// 0, or why nothing is known of its partitions.
  kafka::error_code error = 0;
  std::vector<partition_facts> partitions;

  /// One of Kafka's own; librdkafka 2.0.2 drops what the broker says of that, so it is the name.
  bool internal() const noexcept { return name.starts_with("__"); }
};

struct broker_facts {
  kafka::broker_info info;
  bool controller = false;
  /// How many of the listed partitions it leads, and how many it holds.
  std::size_t leads = 0;
  std::size_t holds = 0;

  /// It is to hold partitions, and the cluster does not know where it is.
  bool away() const noexcept { return info.host.empty(); }
};

struct cluster_facts {
  /// By number. Empty where only topics were asked for.
  std::vector<broker_facts> brokers;
  /// By name, internal ones last.
  std::vector<topic_facts> topics;
};

/// What the partitions of `topics` say about brokers, those that are away included.
std::vector<broker_facts> brokers_of(const kafka::cluster_info& cluster,
                                     const std::vector<topic_facts>& topics);

struct cluster_totals {
  std::size_t topics = 0;
  std::size_t partitions = 0;
  std::size_t under_replicated = 0;
  std::size_t leaderless = 0;
  /// Partitions whose leader did not tell their offsets.
  std::size_t unanswered = 0;
  /// Sum of what is known.
  std::int64_t offsets = 0;
};
cluster_totals totals_of(const topic_facts& topic);
cluster_totals totals_of(const cluster_facts& cluster);

}  // namespace logpipe::logcat
