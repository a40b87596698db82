#pragma once

#include <cstdint>
#include <string_view>

namespace logpipe {

/// MurmurHash2 as Kafka's Java client computes it (org.apache.kafka.common.utils.Utils.murmur2,
/// seed 0x9747b28c), so that a key goes to the partition every Java producer sends it to.
std::uint32_t murmur2(std::string_view bytes) noexcept;

/// The partition of Java's default partitioner: murmur2 with the sign bit cleared, modulo `count`.
/// `count` must be at least 1.
std::int32_t murmur2_partition(std::string_view bytes, std::int32_t count) noexcept;

}  // namespace logpipe
