#include <logpipe/follow/compressed/compressed_file.hpp>

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <utility>

namespace logpipe::follow {
namespace {

/// Not blocking, lest a FIFO at the path holds up everything.
fd open_file(const std::string& path) {
  fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file) throw_errno(path);
  return file;
}

}  // namespace

compressed_file::compressed_file(const std::string& path)
    : compressed_file(open_file(path), path) {}

compressed_file::compressed_file(fd file, std::string name)
    : m_name(std::move(name)),
      m_file(std::move(file)),
      m_id(status_of(m_file.get()).id),
      m_compression(compression_of(m_file.get())) {
  begin_again();
}

void compressed_file::begin_again() {
  m_decoder.reset();
  m_bytes = std::make_unique<file_bytes>(m_file.get(), m_name);
  m_decoder = make_decoder(m_compression, *m_bytes);
  m_offset = 0;
  m_before.clear();
  m_is_over = false;
  m_damage.reset();
  take_head();
}

/// The decoder is ahead of offset() by the head then, until that has been read.
void compressed_file::take_head() {
  m_head.resize(fingerprint::capacity);
  std::size_t size = 0;
  while (size < m_head.size()) {
    const std::size_t more = m_decoder->read(m_head.data() + size, m_head.size() - size);
    if (more == 0) break;
    size += more;
  }
  m_head.resize(size);
}

std::size_t compressed_file::read(char* to, std::size_t size) {
  std::size_t given = 0;
  if (m_offset < m_head.size()) {
    given = m_head.copy(to, size, m_offset);
  } else {
    given = m_decoder->read(to, size);
  }
  if (given != 0) {
    remember({to, given});
  } else {
    m_is_over = true;
    if (!m_decoder->failure().empty()) m_damage = {m_offset, m_decoder->failure()};
  }
  return given;
}

void compressed_file::remember(std::string_view given) {
  m_offset += given.size();
  const std::string_view last =
      given.substr(given.size() - std::min(given.size(), guard::capacity));
  const std::size_t room = guard::capacity - last.size();
  if (m_before.size() > room) m_before.erase(0, m_before.size() - room);
  m_before += last;
}

bool compressed_file::skip_to(std::uint64_t offset, std::uint64_t most) {
  std::array<char, 16 * 1024> passed;  // NOLINT: it need not begin with zeros
  while (m_offset < offset && most > 0) {
    const std::uint64_t wanted = std::min({offset - m_offset, most, std::uint64_t{passed.size()}});
    const std::size_t size = read(passed.data(), static_cast<std::size_t>(wanted));
    if (size == 0) break;
    most -= size;
  }
  return m_offset == offset;
}

bool compressed_file::stands_at(const bookmark& place) {
  const std::size_t size = place.before.size;
  if (!skip_to(place.offset) || size > m_before.size()) return false;
  return print_of(std::string_view(m_before).substr(m_before.size() - size)) == place.before;
}

}  // namespace logpipe::follow
