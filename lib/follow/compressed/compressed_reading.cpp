#include <logpipe/follow/compressed/compressed_reading.hpp>

#include <algorithm>
#include <system_error>
#include <utility>

namespace logpipe::follow {

compressed_reading::compressed_reading(compressed_file file, source_id source,
                                       generation_id generation, std::size_t block_size,
                                       const framing& how)
    : m_file(std::move(file)),
      m_source(source),
      m_generation(generation),
      m_block_size(block_size),
      m_buffer(block_size, how, m_file.offset(), m_file.before()) {}

compressed_reading::outcome compressed_reading::read(chunk& out,
                                                     const too_long_observer& too_long) {
  if (m_buffer.take(out, too_long)) return hand_out(out);
  if (!m_file.is_over()) {
    if (!decompress()) return outcome::failed;
    if (m_buffer.take(out, too_long)) return hand_out(out);
    if (!m_file.is_over()) return outcome::more;
  }
  if (m_file.damaged()) return outcome::damaged;
  return m_buffer.take_rest(out, too_long) ? hand_out(out) : outcome::at_end;
}

/// Fills a block, so that chunks are large; decoders give little at a time.
bool compressed_reading::decompress() {
  auto room = m_buffer.room();
  room.size = std::min(room.size, m_block_size);
  try {
    while (room.size > 0) {
      const std::size_t size = m_file.read(room.data, room.size);
      if (size == 0) break;
      m_buffer.added(size);
      room.data += size;
      room.size -= size;
    }
    return true;
  } catch (const std::system_error& failed) {
    m_error = failed.code().value();
    return false;
  }
}

compressed_reading::outcome compressed_reading::hand_out(chunk& out) const {
  out.source = m_source;
  out.generation = m_generation;
  out.inode = m_file.id().inode;
  out.also.clear();
  return outcome::lines;
}

}  // namespace logpipe::follow
