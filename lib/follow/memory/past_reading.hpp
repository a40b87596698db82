#pragma once

#include <logpipe/follow/compressed/compressed_reading.hpp>
#include <logpipe/follow/file/generation.hpp>
#include <logpipe/follow/memory/past_files.hpp>
#include <logpipe/follow/source.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace logpipe::follow {

/// The reading of one file that was rotated long ago, plain or compressed, from its place to its
/// end. It is held open: whatever it is renamed to, or if it is deleted.
class past_reading {
public:
  /// Throws std::system_error when the file cannot be read.
  past_reading(source_id source, generation_id number, past_file file, const surroundings& around);

  enum class outcome {
    lines,      ///< `out` holds lines
    more,       ///< none yet; read on
    at_end,     ///< all has been given
    truncated,  ///< it was rewritten
    damaged,    ///< its compressed content ends before its end; reason() says why
    failed      ///< it cannot be read; error() is an errno
  };
  outcome read(chunk& out, const too_long_observer& too_long);
  int error() const noexcept { return m_error; }
  const std::string& reason() const noexcept { return m_reason; }

  generation_id number() const noexcept { return m_number; }
  const identity& id() const noexcept { return m_id; }
  /// The first byte that was not given in a line or passed over.
  std::uint64_t offset() const noexcept;
  /// The same with what stands before it.
  bookmark place() const;
  /// Bytes that are still to be read; of a compressed file, of the file itself.
  std::uint64_t unread() const;
  /// What its file is called now; empty when it has been deleted.
  std::string name() const { return current_name(descriptor()); }
  /// What is to be kept of it, as a file of `log` that others have followed. read is where it was
  /// begun.
  kept_generation describe(const std::string& log) const;

private:
  int descriptor() const noexcept;
  outcome read_plain(chunk& out, const too_long_observer& too_long);
  outcome read_compressed(chunk& out, const too_long_observer& too_long);
  bool find_place();

  source_id m_source;
  generation_id m_number;
  bookmark m_from;
  const surroundings* m_around;
  identity m_id;
  std::optional<generation> m_plain;
  /// Up to its place it is passed over; then it is read.
  std::optional<compressed_file> m_passed_over;
  std::optional<compressed_reading> m_compressed;
  int m_error = 0;
  std::string m_reason;
};

}  // namespace logpipe::follow
