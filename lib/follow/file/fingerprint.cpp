#include <logpipe/base/hash.hpp>
#include <logpipe/follow/file/fingerprint.hpp>

namespace logpipe::follow {

void fingerprint::extend(std::string_view bytes) noexcept {
  bytes = bytes.substr(0, capacity - m_size);
  m_hash = fnv1a(bytes, m_hash);
  m_size += static_cast<std::uint32_t>(bytes.size());
}

bool fingerprint::matches(std::string_view head) const noexcept {
  if (m_size == 0 || head.size() < m_size) return false;
  return fnv1a(head.substr(0, m_size)) == m_hash;
}

bool all_lines_alike(std::string_view head) noexcept {
  const auto line_end = head.find('\n');
  const std::size_t period = line_end == std::string_view::npos ? 1 : line_end + 1;
  // A text repeats itself every `period` bytes when it is equal to itself moved by so many.
  return head.size() <= period || head.substr(period) == head.substr(0, head.size() - period);
}

}  // namespace logpipe::follow
