#include <logpipe/follow/file/fingerprint.hpp>

namespace logpipe::follow {

namespace {

std::uint64_t continue_hash(std::uint64_t hash, std::string_view bytes) noexcept {
  constexpr std::uint64_t prime = 0x100000001b3;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * prime;
  }
  return hash;
}

}  // namespace

void fingerprint::extend(std::string_view bytes) noexcept {
  bytes = bytes.substr(0, capacity - m_size);
  m_hash = continue_hash(m_hash, bytes);
  m_size += static_cast<std::uint32_t>(bytes.size());
}

bool fingerprint::matches(std::string_view head) const noexcept {
  if (m_size == 0 || head.size() < m_size) return false;
  return continue_hash(basis, head.substr(0, m_size)) == m_hash;
}

bool all_lines_alike(std::string_view head) noexcept {
  const auto line_end = head.find('\n');
  const std::size_t period = line_end == std::string_view::npos ? 1 : line_end + 1;
  // A text repeats itself every `period` bytes when it is equal to itself moved by so many.
  return head.size() <= period || head.substr(period) == head.substr(0, head.size() - period);
}

}  // namespace logpipe::follow
