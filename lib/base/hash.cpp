#include <logpipe/base/hash.hpp>

#include <cstring>

namespace logpipe {

std::uint32_t murmur2(std::string_view bytes) noexcept {
  constexpr std::uint32_t seed = 0x9747b28c;
  constexpr std::uint32_t m = 0x5bd1e995;
  constexpr int r = 24;

  std::uint32_t h = seed ^ static_cast<std::uint32_t>(bytes.size());
  while (bytes.size() >= 4) {
    std::uint32_t k = 0;
    std::memcpy(&k, bytes.data(), 4);  // little endian, as Java assembles it
    k *= m;
    k ^= k >> r;
    k *= m;
    h *= m;
    h ^= k;
    bytes.remove_prefix(4);
  }
  if (!bytes.empty()) {
    std::uint32_t tail = 0;
    std::memcpy(&tail, bytes.data(), bytes.size());
    h ^= tail;
    h *= m;
  }
  h ^= h >> 13;
  h *= m;
  h ^= h >> 15;
  return h;
}

std::int32_t murmur2_partition(std::string_view bytes, std::int32_t count) noexcept {
  return static_cast<std::int32_t>(murmur2(bytes) & 0x7fffffffU) % count;
}

std::uint64_t fnv1a(std::string_view bytes, std::uint64_t hash) noexcept {
  constexpr std::uint64_t prime = 0x100000001b3;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * prime;
  }
  return hash;
}

}  // namespace logpipe
