#pragma once

#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace logpipe {

/// A growing stretch of bytes that formatters append to. It never shrinks its memory while it is
/// used, so a loop that clears it allocates only until its largest content has been seen.
/// Not thread-safe.
class output_buffer {
public:
  explicit output_buffer(std::size_t capacity = 256 * 1024);

  void append(std::string_view text) {
    char* at = reserve(text.size());
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    m_size += text.size();
  }
  void append(char c) {
    *reserve(1) = c;
    ++m_size;
  }
  void append_number(std::int64_t value) {
    char* at = reserve(20);
    m_size += static_cast<std::size_t>(std::to_chars(at, at + 20, value).ptr - at);
  }
  /// Room for `size` more bytes, at the end; what is written there counts once it is committed.
  char* reserve(std::size_t size) {
    if (m_capacity - m_size < size) grow(size);
    return m_data.get() + m_size;
  }
  void commit(std::size_t size) noexcept { m_size += size; }

  std::string_view view() const noexcept { return {m_data.get(), m_size}; }
  std::size_t size() const noexcept { return m_size; }
  bool empty() const noexcept { return m_size == 0; }
  /// Forgets the content. Memory beyond `keep` bytes (from one huge record) is given back.
  void clear(std::size_t keep = 4 * 1024 * 1024);
  /// Takes back the last bytes, down to `size`.
  void truncate(std::size_t size) noexcept { m_size = size; }

private:
  void grow(std::size_t more);

  std::unique_ptr<char[]> m_data;
  std::size_t m_size = 0;
  std::size_t m_capacity = 0;
};

/// What became of a write to a descriptor.
enum class write_result { written, closed };

/// Writes all of `text` to `descriptor`, through partial writes, EINTR and (by waiting) EAGAIN.
/// `closed` when the reader of a pipe or socket has gone (EPIPE; SIGPIPE must be ignored).
/// Throws std::system_error for everything else, ENOSPC included, with `name` in its text.
write_result write_all(int descriptor, std::string_view text, std::string_view name);

}  // namespace logpipe
