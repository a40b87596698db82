#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::follow {

/// An open file's bytes from the first on, a piece at a time: what decoders take.
class file_bytes {
public:
  /// The descriptor is not owned and stays where it stands; `name` is for errors.
  file_bytes(int descriptor, std::string name);

  /// The next piece, good until the next call; empty at the end. Throws std::system_error.
  std::string_view next();
  /// Bytes that were given.
  std::uint64_t given() const noexcept { return m_given; }
  /// Somebody wanted more than there is.
  bool ran_out() const noexcept { return m_ran_out; }
  /// Whether there is nothing but zeros from `offset` on: what fills up a tape, or a block of a
  /// disk. True at the end. Throws std::system_error.
  bool only_zeros_from(std::uint64_t offset);

private:
  std::string_view piece_at(std::uint64_t offset);

  int m_descriptor;
  std::string m_name;
  std::vector<char> m_piece;
  std::uint64_t m_given = 0;
  bool m_ran_out = false;
};

}  // namespace logpipe::follow
