#include <logpipe/follow/stream_source.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace logpipe::follow {

namespace {

fd open_fifo(const std::string& path) {
  // Not blocking: without a writer the open would wait for one.
  fd descriptor(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!descriptor) throw_errno(path);
  return descriptor;
}

enum class readiness { nothing, bytes, end };

readiness readiness_of(int descriptor) {
  pollfd entry{.fd = descriptor, .events = POLLIN, .revents = 0};
  if (::poll(&entry, 1, 0) <= 0) return readiness::nothing;
  // Bytes may wait behind a hang-up; at the end read(2) gives 0.
  return (entry.revents & POLLIN) != 0 ? readiness::bytes : readiness::end;
}

}  // namespace

stream_source::stream_source(source_id id, fd descriptor, std::string name,
                             const surroundings& around)
    : m_id(id),
      m_name(std::move(name)),
      m_around(&around),
      m_descriptor(std::move(descriptor)),
      m_generation(around.next_generation()),
      m_buffer(around.options.block_size, around.lines) {
  around.wakes.add_stream(m_descriptor.get(), id);
}

stream_source::stream_source(source_id id, const std::string& path, const surroundings& around)
    : stream_source(id, open_fifo(path), path, around) {
  m_is_path = true;
}

stream_source::~stream_source() {
  if (m_descriptor) m_around->wakes.remove(m_descriptor.get());
}

bool stream_source::hint(const watch_hint& /*hint*/, time_point /*now*/) {
  return false;
}

void stream_source::look(time_point now) {
  if (!m_due || *m_due > now) return;
  m_due.reset();
  m_is_still = true;
}

void stream_source::hold(bool held) {
  if (m_ended || held == std::exchange(m_held, held)) return;
  if (held) {
    m_around->wakes.remove(m_descriptor.get());
  } else {
    m_around->wakes.add_stream(m_descriptor.get(), m_id);
  }
}

source::progress stream_source::read(chunk& out, time_point now) {
  if (m_ended) return progress::nothing;
  if (m_buffer.take(out, too_long())) return hand_out(out);
  if (m_left == 0U) return end(out);
  switch (readiness_of(m_descriptor.get())) {
    case readiness::nothing:
      if (m_left) return end(out);
      if (!std::exchange(m_is_still, false)) return progress::nothing;
      return m_buffer.take_rest(out, too_long()) ? hand_out(out) : progress::nothing;
    case readiness::end:
      return end(out);
    case readiness::bytes:
      break;
  }
  auto room = m_buffer.room();
  if (m_left) room.size = std::min<std::uint64_t>(room.size, *m_left);
  const ssize_t size = ::read(m_descriptor.get(), room.data, room.size);
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return progress::more;
  const int error = size < 0 ? errno : 0;
  if (error != std::exchange(m_error, error) && error != 0) {
    m_around->tell(unreadable{m_name, error});
  }
  if (size <= 0) return end(out);
  if (m_left) *m_left -= static_cast<std::uint64_t>(size);
  m_is_still = false;
  if (const auto patience = m_around->options.flush_partial) m_due = now + *patience;
  m_buffer.added(static_cast<std::size_t>(size));
  return m_buffer.take(out, too_long()) ? hand_out(out) : progress::more;
}

/// The stream's end, for now: its unfinished line is one, and is given first.
source::progress stream_source::end(chunk& out) {
  if (m_buffer.take_rest(out, too_long())) return hand_out(out);
  if (m_is_path && !m_around->options.once && !m_left) {
    reopen();
  } else {
    m_around->wakes.remove(m_descriptor.get());
    m_descriptor.reset();
    m_due.reset();
    m_ended = true;
  }
  return progress::nothing;
}

/// A FIFO without writers is at its end for as long as it is open; opened anew it waits for one.
/// The new descriptor comes before the old one goes, so that no bytes are dropped between them.
void stream_source::reopen() {
  fd again = open_fifo("/proc/self/fd/" + std::to_string(m_descriptor.get()));
  m_around->wakes.remove(m_descriptor.get());
  m_descriptor = std::move(again);
  m_around->wakes.add_stream(m_descriptor.get(), m_id);
}

void stream_source::stop(time_point /*now*/) {
  if (m_ended) return;
  int waiting = 0;
  if (::ioctl(m_descriptor.get(), FIONREAD, &waiting) != 0) waiting = 0;
  m_left = static_cast<std::uint64_t>(waiting);
}

source::progress stream_source::hand_out(chunk& out) const {
  out.source = m_id;
  out.generation = m_generation;
  out.inode = 0;
  return progress::lines;
}

too_long_observer stream_source::too_long() const {
  return [this](std::uint64_t offset, std::uint64_t size) {
    m_around->tell(line_too_long{m_name, offset, size});
  };
}

std::optional<std::string> stream_source::name_of(generation_id generation) const {
  if (generation != m_generation) return std::nullopt;
  return m_name;
}

}  // namespace logpipe::follow
