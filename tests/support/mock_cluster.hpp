#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace logpipe::test {

/// A record as a topic holds it.
struct stored_record {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::optional<std::string> key;
  std::optional<std::string> value;
  std::vector<std::pair<std::string, std::optional<std::string>>> headers = {};
  /// Milliseconds since the epoch; -1: none.
  std::int64_t timestamp = -1;
};

/// A record to write, with what a plain line does not have.
struct plain_record {
  std::optional<std::string> key;
  std::optional<std::string> value;
  std::vector<std::pair<std::string, std::optional<std::string>>> headers;
  /// Milliseconds since the epoch; 0: now.
  std::int64_t timestamp = 0;
};

/// An offset that a group has committed, and the text beside it.
struct kept_offset {
  std::int64_t offset;
  std::string metadata;
  bool operator==(const kept_offset&) const = default;
};

/// Requests that can be made to fail, by the protocol's number.
enum class request : std::int16_t {
  produce = 0,
  fetch = 1,
  list_offsets = 2,
  metadata = 3,
  offset_commit = 8
};

/// librdkafka's mock cluster, in this process, on loopback and free ports. Brokers are numbered
/// from
/// 1. It knows nothing of lib/kafka, so that it can witness against it.
///
/// It is no Kafka: topics are made by whoever asks for them, a partition keeps 5 MB, transactions
/// hide nothing, there is no DescribeConfigs.
class mock_cluster {
public:
  explicit mock_cluster(int brokers = 1);
  ~mock_cluster();
  mock_cluster(const mock_cluster&) = delete;
  mock_cluster& operator=(const mock_cluster&) = delete;

  /// For bootstrap.servers.
  std::string brokers() const;
  void make_topic(const std::string& name, int partitions = 1);
  void lead(const std::string& topic, std::int32_t partition, std::int32_t broker);

  /// The next requests of this kind are answered with these errors, one each (librdkafka's codes).
  void fail_next(request which, std::initializer_list<int> errors);
  /// What metadata says of a topic from now on; 0: nothing wrong.
  void topic_error(const std::string& topic, int error);
  void broker_down(std::int32_t broker = 1);
  void broker_up(std::int32_t broker = 1);
  /// Each answer of this broker takes that long.
  void slow_down(std::int32_t broker, std::chrono::milliseconds round_trip);

  /// Writes records with a plain producer and waits until they are there. Throws
  /// std::runtime_error.
  void write(const std::string& topic, std::int32_t partition,
             const std::vector<plain_record>& records) const;
  /// All records of the topic, by partition and offset, read by a plain consumer. Throws
  /// std::runtime_error when they are not there within `bound`.
  std::vector<stored_record> records_of(
      const std::string& topic,
      std::chrono::milliseconds bound = std::chrono::milliseconds(30000)) const;
  /// What a group has committed for a partition, as a plain consumer is told; nothing: not yet.
  std::optional<kept_offset> committed(const std::string& group, const std::string& topic,
                                       std::int32_t partition) const;
  /// Their values alone; a null one is "(null)".
  std::vector<std::string> values_of(const std::string& topic) const;

private:
  struct state;
  std::unique_ptr<state> m_state;
};

}  // namespace logpipe::test
