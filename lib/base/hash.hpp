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

/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). It can be continued: the hash of
/// `ab` is that of `b` begun with that of `a`.
constexpr std::uint64_t fnv1a_basis = 0xcbf29ce484222325;
std::uint64_t fnv1a(std::string_view bytes, std::uint64_t hash = fnv1a_basis) noexcept;

}  // namespace logpipe
