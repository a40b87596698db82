#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/kafka/connection.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

namespace logpipe::ship {

// What the shipper tells its observer. Facts only; the application finds the words.

/// A record that its topic will never take, because it is too large, was left out. Offset and size
/// in bytes; the offset is that of the line in its generation.
struct passed_over {
  follow::source_id source;
  follow::generation_id generation;
  std::uint64_t offset;
  std::size_t size;
};
/// A partition does not take its records; they are kept and sent again. Told when it begins.
struct held {
  std::int32_t partition;
  kafka::error_code error;
};
/// It takes them again.
struct resumed {
  std::int32_t partition;
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

using event =
    std::variant<passed_over, held, resumed, sender_replaced, sender_refitted, kafka::notice>;

}  // namespace logpipe::ship
