#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/file/block_store.hpp>
#include <logpipe/follow/file/fingerprint.hpp>
#include <logpipe/follow/file/guard.hpp>
#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/lines/framing.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

namespace logpipe::follow {

/// One open file and where reading stands in it. Knows nothing of paths, rotation or time.
///
/// An unfinished last line is not held in memory: it is read again with what comes after it. A long
/// one is only searched for its end, and read once more when it is given, whole or in pieces. Each
/// read takes the guard's bytes with it in the same pread(2), so a file that was cut, or rewritten
/// in place, is noticed however large it has become. When reading goes on after it had come to the
/// end, the file's first bytes are compared as well.
class generation {
public:
  static constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

  /// Takes over the open file; reading begins at `offset`, which is at most its size.
  /// Throws std::system_error when the file cannot be read.
  generation(generation_id number, fd file, std::uint64_t offset);

  enum class outcome {
    lines,      ///< `out` holds lines
    more,       ///< only part of a long line was found; read on
    at_end,     ///< nothing more to read now
    truncated,  ///< the bytes before the position are gone; the caller calls begin_again()
    failed      ///< error() says why
  };
  /// Reads the next lines, or the next piece of a long one. Does not block, but for the disk.
  outcome read(chunk& out, block_store& blocks, const framing& how,
               const too_long_observer& too_long);
  /// Gives what stands behind the last line end as a line; where that is a piece, read() gives the
  /// others. lines, at_end (there is nothing, or it was passed over), truncated or failed.
  outcome read_rest(chunk& out, const framing& how, const too_long_observer& too_long);

  /// The content is new: it is generation `number`, and read from 0.
  void begin_again(generation_id number) noexcept;

  /// For one of which nothing has been given: it begins somewhere else; throws as the constructor.
  void begin_at(std::uint64_t offset);
  /// The same for its number.
  void renumber(generation_id number) noexcept { m_number = number; }

  /// No line that begins at or behind `size` is read. The line that stands there is read to its end
  /// if `finish_line`, otherwise its end is not looked for either.
  void limit(std::uint64_t size, bool finish_line) noexcept;

  /// Closes the file, to be read on when it is open again.
  void close() noexcept { m_file.reset(); }
  void reopen(fd file) noexcept { m_file = std::move(file); }
  bool is_open() const noexcept { return static_cast<bool>(m_file); }

  generation_id number() const noexcept { return m_number; }
  int descriptor() const noexcept { return m_file.get(); }
  const identity& id() const noexcept { return m_id; }
  /// Of what has been seen of the file.
  const fingerprint& head() const noexcept { return m_fingerprint; }
  /// The first byte that was not given in a line or passed over.
  std::uint64_t offset() const noexcept { return m_offset; }
  /// Up to where the file has been searched for line ends.
  std::uint64_t seen() const noexcept { return m_seen; }
  /// seen(), with what stands before it.
  bookmark seen_mark() const noexcept { return {.offset = m_seen, .before = m_guard.print()}; }
  /// Bytes of the unfinished last line, as far as it was read and not given.
  std::uint64_t rest() const noexcept { return m_line_end ? 0 : m_seen - m_offset; }
  std::uint64_t limit() const noexcept { return m_limit; }
  /// Bytes that are still to be read of a file of that size.
  std::uint64_t unread(std::uint64_t size) const noexcept {
    const std::uint64_t end = std::min(size, m_limit);
    return end - std::min(end, m_offset + rest());
  }
  /// Because of the limit nothing more will be read.
  bool is_past_limit() const noexcept { return m_offset >= m_limit && !finishes_line(); }
  /// Pieces of a line whose end is known wait for read().
  bool has_pieces() const noexcept { return m_line_end.has_value(); }
  /// The last read came to the end of the file, or to the limit: the next would find nothing unless
  /// the file has changed.
  bool drained() const noexcept { return m_drained; }
  /// The errno of the last failure.
  int error() const noexcept { return m_error; }

private:
  /// Bytes of the file in memory.
  struct piece {
    char* data = nullptr;
    std::size_t size = 0;
    std::uint64_t offset = 0;
    const char* at(std::uint64_t place) const noexcept { return data + (place - offset); }
    const char* end() const noexcept { return data + size; }
  };
  std::size_t wanted(std::uint64_t from, std::size_t room) const noexcept;
  outcome check_head();
  void saw(const piece& in, const char* end);
  /// Reads `size` bytes and checks the guard. `lines` when there is something behind m_seen.
  outcome fetch(piece& to, std::size_t size);
  outcome split(const piece& in, chunk& out, block_store& blocks, const framing& how,
                const too_long_observer& too_long);
  outcome search_long_line(const piece& in, chunk& out, const framing& how,
                           const too_long_observer& too_long);
  outcome give_piece(chunk& out, const framing& how);
  bool finishes_line() const noexcept { return m_finish_line && m_in_line; }

  generation_id m_number;
  fd m_file;
  identity m_id;
  std::uint64_t m_offset;
  std::uint64_t m_seen;
  guard m_guard;              // the bytes before m_seen
  fingerprint m_fingerprint;  // of the bytes before m_seen
  std::uint64_t m_limit = no_limit;
  bool m_finish_line = false;
  /// A piece of the line at m_offset has been given.
  bool m_in_line = false;
  /// Where the content of the line at m_offset ends, when that is known already; m_seen is behind
  /// its line end then.
  std::optional<std::uint64_t> m_line_end;
  bool m_drained = false;
  int m_error = 0;
};

}  // namespace logpipe::follow
