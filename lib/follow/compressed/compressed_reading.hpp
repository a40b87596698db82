#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/compressed/compressed_file.hpp>
#include <logpipe/follow/lines/framing.hpp>
#include <logpipe/follow/lines/stream_buffer.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace logpipe::follow {

/// The lines of a generation whose file is compressed. Nothing will be added to it: what follows
/// its last line end is a line, unless it is cut in its midst by damage.
class compressed_reading {
public:
  /// Gives the content from where the file stands, which is the beginning of a line; offsets in the
  /// chunks are those of the content. At most `block_size` bytes are decompressed by a call of
  /// read(). `how` outlives it.
  compressed_reading(compressed_file file, source_id source, generation_id generation,
                     std::size_t block_size, const framing& how);

  enum class outcome {
    lines,    ///< `out` holds lines
    more,     ///< none yet; read on
    at_end,   ///< all has been given
    damaged,  ///< what stands before the damage has been given, but for a line that it cuts
    failed    ///< the file cannot be read; error() says why
  };
  outcome read(chunk& out, const too_long_observer& too_long);

  /// The first byte that was not given in a line or passed over.
  std::uint64_t offset() const noexcept { return m_buffer.offset(); }
  /// With `damaged`: why. Its offset is that of the damage, behind an unfinished line that it cuts.
  const std::optional<damage>& damaged() const noexcept { return m_file.damaged(); }
  /// With `failed`: an errno.
  int error() const noexcept { return m_error; }

  const compressed_file& file() const noexcept { return m_file; }
  generation_id number() const noexcept { return m_generation; }

private:
  bool decompress();
  outcome hand_out(chunk& out) const;

  compressed_file m_file;
  source_id m_source;
  generation_id m_generation;
  std::size_t m_block_size;
  stream_buffer m_buffer;
  int m_error = 0;
};

}  // namespace logpipe::follow
