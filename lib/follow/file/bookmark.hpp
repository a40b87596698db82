#pragma once

#include <logpipe/base/hash.hpp>

#include <cstdint>
#include <string_view>

namespace logpipe::follow {

/// A hash of the last bytes before a place in a file, up to `capacity` of them, and how many they
/// are. It can be kept beyond a run, where a guard holds the bytes themselves.
struct guard_print {
  static constexpr std::size_t capacity = 256;

  std::uint32_t size = 0;
  std::uint64_t hash = fnv1a_basis;  ///< that of no bytes

  friend bool operator==(const guard_print&, const guard_print&) = default;
};

/// Of the last bytes of `text`.
guard_print print_of(std::string_view text) noexcept;

/// A place in a generation's content that is known again in a later run: what stood before it.
struct bookmark {
  std::uint64_t offset = 0;
  guard_print before;

  friend bool operator==(const bookmark&, const bookmark&) = default;
};

/// The place `offset` of an open file, with what stands before it now. Throws std::system_error.
bookmark bookmark_at(int descriptor, std::uint64_t offset);
/// Whether an open file has before the place what stood there. False as well when it is shorter or
/// cannot be read: then nothing proves that it is the same.
bool stands_at(int descriptor, const bookmark& place);

}  // namespace logpipe::follow
