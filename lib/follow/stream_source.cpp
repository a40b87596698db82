#include <logpipe/follow/chain_member.hpp>
#include <logpipe/follow/stream_source.hpp>
#include <logpipe/follow/watch/interval.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

fd open_fifo(const std::string& path) {
  // Not blocking: without a writer the open would wait for one.
  fd descriptor(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!descriptor) throw_errno(path);
  return descriptor;
}

/// The path of a FIFO is looked at so often, whatever the events say, and where there are none.
constexpr std::chrono::seconds full_look{5};
constexpr std::chrono::seconds poll_interval{2};

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

stream_source::stream_source(source_id id, const std::string& path, const surroundings& around,
                             time_point now)
    : stream_source(id, open_fifo(path), path, around) {
  if (around.options.once) return;
  m_places.emplace(around.watches, path, id);
  m_places->watch_now();
  look_at_path(now);
}

stream_source::~stream_source() {
  if (m_descriptor) m_around->wakes.remove(m_descriptor.get());
}

bool stream_source::hint(const watch_hint& /*hint*/, time_point /*now*/) {
  return true;
}

void stream_source::look(time_point now) {
  if (m_due && *m_due <= now) {
    m_due.reset();
    m_is_still = true;
  }
  if (m_places && !m_ended && !m_left) look_at_path(now);
}

std::optional<time_point> stream_source::due() const {
  if (!m_due || !m_next_look) return m_due ? m_due : m_next_look;
  return std::min(*m_due, *m_next_look);
}

/// Sees whether another FIFO, or a regular file, has come to the path. One that has merely gone is
/// read on: its writers may have it open.
void stream_source::look_at_path(time_point now) {
  const bool polled = m_around->watches.polling() || !m_around->has_events(m_name);
  m_next_look = shared_deadline(now, polled ? poll_interval : full_look);
  if (!polled && !m_places->watched()) m_places->watch_now();
  try {
    const auto here = status_of(m_name);
    const bool is_log = here && (S_ISREG(here->mode) || S_ISFIFO(here->mode));
    if (!is_log || here->id == status_of(m_descriptor.get()).id) {
      m_successor_since.reset();
    } else if (!m_successor_since) {
      m_successor_since = now;
      m_rest = 0;
    }
  } catch (const std::system_error&) {
    m_successor_since.reset();  // it cannot be reached now
  }
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
      if (m_successor_since) break;  // only a read tells whether it has writers
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
  if (size < 0 && errno == EINTR) return progress::more;
  if (size < 0 && errno == EAGAIN) {
    const bool left = m_successor_since && now - *m_successor_since >= patience::with_writer;
    return left ? end(out) : progress::nothing;
  }
  const int error = size < 0 ? errno : 0;
  if (error != std::exchange(m_error, error) && error != 0) {
    m_around->tell(unreadable{m_name, error});
  }
  if (size <= 0) return end(out);
  if (m_left) *m_left -= static_cast<std::uint64_t>(size);
  m_rest += static_cast<std::uint64_t>(size);
  m_is_still = false;
  if (const auto patience = m_around->options.flush_partial) m_due = now + *patience;
  m_buffer.added(static_cast<std::size_t>(size));
  return m_buffer.take(out, too_long()) ? hand_out(out) : progress::more;
}

/// The stream's end, for now: its unfinished line is one, and is given first.
source::progress stream_source::end(chunk& out) {
  if (m_buffer.take_rest(out, too_long())) return hand_out(out);
  if (m_places && !m_left && !m_successor_since) {
    reopen();
  } else {
    m_around->wakes.remove(m_descriptor.get());
    m_descriptor.reset();
    m_due.reset();
    m_next_look.reset();
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

void stream_source::replace(time_point /*now*/) {
  m_around->tell(rotated{m_name, {}, m_rest});
  m_around->retired(m_generation, {}, m_name);
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
