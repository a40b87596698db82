#include <logpipe/follow/file/block_store.hpp>
#include <logpipe/follow/file/guard.hpp>

#include <cstring>

namespace logpipe::follow {

std::size_t block_store::room() const noexcept {
  return m_size + guard::capacity;
}

char* block_store::scratch() {
  if (!m_block) m_block = std::make_shared_for_overwrite<char[]>(room());
  return m_block.get();
}

void block_store::give(chunk& out, const char* first, const char* last, std::uint64_t offset) {
  const auto used = static_cast<std::size_t>(last - first);
  if (used < m_size / 4) {
    const auto skipped = static_cast<std::uint64_t>(first - m_block.get());
    copy_lines(out, first, last, offset + skipped);
  } else {
    out.base = offset;
    out.memory = std::move(m_block);
  }
}

void copy_lines(chunk& out, const char* first, const char* last, std::uint64_t offset) {
  const auto size = static_cast<std::size_t>(last - first);
  auto memory = std::make_shared_for_overwrite<char[]>(size);
  std::memcpy(memory.get(), first, size);
  for (auto& line : out.lines) {
    line = {memory.get() + (line.data() - first), line.size()};
  }
  out.base = offset;
  out.memory = std::move(memory);
}

}  // namespace logpipe::follow
