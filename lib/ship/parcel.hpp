#pragma once

#include <logpipe/base/record.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/kafka/delivery.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace logpipe::ship {

/// The records that were made of one chunk, all for one topic.
///
/// Mostly the lines are the records' values as they are, and `records` is empty: that is the fast
/// way. Otherwise there is one record for each line, in the same order.
struct parcel {
  follow::chunk chunk;
  /// The key of every record, where `records` is empty. A view into `store`, or into what outlives
  /// the shipper.
  bytes key;
  std::vector<kafka::outgoing_record> records;
  /// The partition that each of `records` asks for, -1: whichever the router takes. Empty: that of
  /// all.
  std::vector<std::int32_t> partitions;
  /// Owns what keys, headers and values point into, beside the chunk's memory.
  std::shared_ptr<const void> store;
};

}  // namespace logpipe::ship
