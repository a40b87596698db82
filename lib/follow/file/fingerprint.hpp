#pragma once

#include <logpipe/base/hash.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace logpipe::follow {

/// A hash of a file's first bytes, which grows with the file up to `capacity` of them. It tells a
/// file that was rewritten, or copied, whatever its name and number are. Two files have the same
/// first bytes when the one's fingerprint matches the other's head; to compare two fingerprints of
/// different sizes would take the bytes.
class fingerprint {
public:
  static constexpr std::size_t capacity = 1024;

  fingerprint() noexcept = default;
  /// One that was kept: of `size` bytes, at most `capacity`.
  fingerprint(std::uint32_t size, std::uint64_t hash) noexcept : m_hash(hash), m_size(size) {}

  /// How many bytes it is made of.
  std::size_t size() const noexcept { return m_size; }
  /// FNV-1a of them.
  std::uint64_t hash() const noexcept { return m_hash; }
  bool full() const noexcept { return m_size == capacity; }

  /// Adds the file's next bytes, those from size() on; what is beyond the capacity is ignored.
  void extend(std::string_view bytes) noexcept;
  /// Whether a file that begins with `head` has the first size() bytes in common with this one. An
  /// empty fingerprint matches nothing.
  bool matches(std::string_view head) const noexcept;

  friend bool operator==(const fingerprint&, const fingerprint&) = default;

private:
  std::uint64_t m_hash = fnv1a_basis;
  std::uint32_t m_size = 0;
};

/// Whether all of a file's first bytes `head` are one line again and again, or one byte: then many
/// files may begin so, and that two of them do proves nothing. The last line may be cut off.
bool all_lines_alike(std::string_view head) noexcept;

}  // namespace logpipe::follow
