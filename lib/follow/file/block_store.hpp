#pragma once

#include <logpipe/follow/chunk.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace logpipe::follow {

/// The memory that all sources of a follower read into, one block at a time. A chunk that fills a
/// good part of the block takes it along; a small one gets a copy of its own size, so that
/// thousands of slow files do not hold a block each.
class block_store {
public:
  /// A block has room for `size` bytes and for the guard before them.
  explicit block_store(std::size_t size) : m_size(size) {}

  std::size_t size() const noexcept { return m_size; }
  /// Bytes that may be written at scratch().
  std::size_t room() const noexcept;
  /// The block to read into; its content is good until the next give() or scratch().
  char* scratch();
  /// Makes the chunk, whose lines lie in [first, last) of the scratch block, the owner of that
  /// memory. `offset` is where scratch()[0] stands in the generation.
  void give(chunk& out, const char* first, const char* last, std::uint64_t offset);

private:
  std::size_t m_size;
  std::shared_ptr<char[]> m_block;
};

/// Moves the chunk's lines, which lie in [first, last), where `first` stands at `offset` of the
/// generation, to memory of their own.
void copy_lines(chunk& out, const char* first, const char* last, std::uint64_t offset);

}  // namespace logpipe::follow
