#pragma once

#include <cstdint>
#include <string>
#include <support/client.hpp>

namespace logpipe::test {

/// What tests do to topics of a real broker; knows nothing of lib/kafka. Each call waits for the
/// broker's answer, and throws std::runtime_error with its text when that is no.
class topic_admin {
public:
  explicit topic_admin(const std::string& brokers);

  /// Returns when each partition can be written to, which is some time after the broker's answer.
  void create(const std::string& topic, int partitions, const settings& with);
  void remove(const std::string& topic);
  /// Adds partitions until there are `total`.
  void grow(const std::string& topic, int total);
  /// These settings alone, all others become the broker's.
  void set(const std::string& topic, const settings& with);
  /// Deletes the partition's records before `offset`.
  void truncate(const std::string& topic, std::int32_t partition, std::int64_t offset);
  /// From now on the topic is for one user only, who is nobody. Throws std::domain_error when the
  /// broker has no authorizer.
  void deny(const std::string& topic);
  /// Takes that back.
  void allow(const std::string& topic);

private:
  void await(const std::string& topic, int partitions);

  client_ptr m_client;
};

}  // namespace logpipe::test
