#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/kafka/connection.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

namespace logpipe::ship {

// What the shipper tells its observer. Facts only; the application finds the words.

/// A record that its topic refuses for good was left out. Offset and size in bytes; the offset is
/// that of its line in the generation.
struct passed_over {
  follow::source_id source;
  follow::generation_id generation;
  std::uint64_t offset;
  std::size_t size;
  std::string topic;
  /// The one that it asked for, where that is why it was refused.
  std::int32_t partition;
  kafka::error_code error;
  /// The handler of rejected records has it.
  bool kept;
};
/// A partition does not take its records; they are kept and sent again. Told when it begins.
struct held {
  std::string topic;
  std::int32_t partition;
  kafka::error_code error;
};
/// It takes them again.
struct resumed {
  std::string topic;
  std::int32_t partition;
};
/// A topic has another number of partitions than it had. Lines keep going where they went.
struct partitions_changed {
  std::string topic;
  std::int32_t before;
  std::int32_t now;
};
/// A source is not to be read until it is told that it may be read again: where its records go has
/// its share of the memory.
struct reading {
  follow::source_id source;
  bool wanted;
};
/// The producer became unusable; a new one sends `again` records that were not confirmed. Those
/// that were written all the same are then there twice.
struct sender_replaced {
  std::string reason;
  std::size_t again;
};
/// Batches were larger than the topic takes by now; a producer made for what it takes sends them
/// again. None is there twice.
struct sender_refitted {};

using event = std::variant<passed_over, held, resumed, partitions_changed, reading, sender_replaced,
                           sender_refitted, kafka::notice>;

}  // namespace logpipe::ship
