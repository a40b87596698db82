#include <logpipe/follow/watch/wake_set.hpp>

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <limits>

namespace logpipe::follow {

namespace {

constexpr std::uint64_t inotify_events = std::numeric_limits<std::uint64_t>::max();

bool add(int epoll, int descriptor, std::uint64_t mark) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = mark;
  if (::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0) return true;
  if (errno == EPERM) return false;
  throw_errno("cannot wait for a descriptor");
}

}  // namespace

wake_set::wake_set() : m_epoll(::epoll_create1(EPOLL_CLOEXEC)) {
  if (!m_epoll) throw_errno("cannot create an epoll descriptor");
}

void wake_set::add_events(int descriptor) {
  add(m_epoll.get(), descriptor, inotify_events);
}

bool wake_set::add_stream(int descriptor, source_id source) {
  return add(m_epoll.get(), descriptor, source);
}

void wake_set::remove(int descriptor) noexcept {
  ::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, descriptor, nullptr);
}

void wake_set::take(std::vector<source_id>& ready) {
  std::array<epoll_event, 64> events{};
  const int count = ::epoll_wait(m_epoll.get(), events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < count; ++i) {
    const std::uint64_t mark = events[static_cast<std::size_t>(i)].data.u64;
    if (mark != inotify_events) ready.push_back(static_cast<source_id>(mark));
  }
}

}  // namespace logpipe::follow
