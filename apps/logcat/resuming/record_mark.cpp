#include "record_mark.hpp"

#include <logpipe/base/hash.hpp>

#include <array>
#include <cstddef>

namespace logpipe::logcat {
namespace {

constexpr std::size_t most_of_an_end = 32UL * 1024;

std::uint64_t add_size(std::uint64_t size, std::uint64_t hash) noexcept {
  std::array<char, sizeof size> little_endian{};
  for (char& byte : little_endian) {
    byte = static_cast<char>(size & 0xff);
    size >>= 8;
  }
  return fnv1a({little_endian.data(), little_endian.size()}, hash);
}

std::uint64_t add(const bytes& part, std::uint64_t hash) noexcept {
  if (!part) return add_size(~std::uint64_t{0}, hash);
  hash = add_size(part->size(), hash);
  if (part->size() <= 2 * most_of_an_end) return fnv1a(*part, hash);
  hash = fnv1a(part->substr(0, most_of_an_end), hash);
  return fnv1a(part->substr(part->size() - most_of_an_end), hash);
}

}  // namespace

record_mark mark_of(const record& of) noexcept {
  return {.offset = of.offset,
          .timestamp = of.timestamp,
          .hash = add(of.value, add(of.key, fnv1a_basis))};
}

}  // namespace logpipe::logcat
