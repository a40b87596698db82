#include <logpipe/follow/watch/watcher.hpp>

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace logpipe::follow {

namespace {

constexpr std::uint32_t of_directory = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                       IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::uint32_t of_file = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVE_SELF;

watch_hint::kind kind_of(std::uint32_t mask) {
  if ((mask & IN_MODIFY) != 0) return watch_hint::kind::modified;
  if ((mask & IN_CLOSE_WRITE) != 0) return watch_hint::kind::closed;
  if ((mask & IN_MOVE_SELF) != 0) return watch_hint::kind::renamed;
  return watch_hint::kind::look;
}

}  // namespace

watch::watch(watch&& other) noexcept
    : m_owner(std::exchange(other.m_owner, nullptr)),
      m_number(std::exchange(other.m_number, -1)),
      m_source(other.m_source),
      m_name(std::move(other.m_name)) {}

watch& watch::operator=(watch&& other) noexcept {
  if (this != &other) {
    reset();
    m_owner = std::exchange(other.m_owner, nullptr);
    m_number = std::exchange(other.m_number, -1);
    m_source = other.m_source;
    m_name = std::move(other.m_name);
  }
  return *this;
}

void watch::reset() noexcept {
  if (m_owner != nullptr) m_owner->remove(m_number, m_source, m_name);
  m_owner = nullptr;
  m_number = -1;
}

watch::operator bool() const noexcept {
  return m_owner != nullptr && m_owner->m_targets.contains(m_number);
}

watcher::watcher(bool use_inotify) {
  if (!use_inotify) return;
  m_inotify = fd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!m_inotify) m_failure = errno;
}

watch watcher::on_entry(const std::string& directory, std::string name, source_id source) {
  return add(directory, of_directory, std::move(name), source, true);
}

watch watcher::on_file(int descriptor, source_id source) {
  return add("/proc/self/fd/" + std::to_string(descriptor), of_file, "", source, false);
}

watch watcher::add(const std::string& path, std::uint32_t what, std::string name, source_id source,
                   bool is_directory) {
  if (polling()) return {};
  const int number = ::inotify_add_watch(m_inotify.get(), path.c_str(), what);
  if (number < 0) {
    // A directory that is not there, or that may not be read, is no failure of inotify.
    if (errno == ENOSPC || errno == ENOMEM) fail(errno);
    return {};
  }
  target& watched = m_targets[number];
  watched.is_directory = is_directory;
  watched.interested.emplace(name, source);
  return {*this, number, source, std::move(name)};
}

void watcher::remove(int number, source_id source, const std::string& name) noexcept {
  const auto found = m_targets.find(number);
  if (found == m_targets.end()) return;
  auto& interested = found->second.interested;
  auto [from, to] = interested.equal_range(name);
  for (; from != to; ++from) {
    if (from->second != source) continue;
    interested.erase(from);
    break;
  }
  if (!interested.empty()) return;
  ::inotify_rm_watch(m_inotify.get(), number);
  m_targets.erase(found);
}

void watcher::take(std::vector<watch_hint>& hints) {
  alignas(inotify_event) std::array<char, 65536> buffer;
  while (!polling()) {
    const ssize_t size = ::read(m_inotify.get(), buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno != EAGAIN) return fail(errno);  // else it would stay readable for ever
    if (size <= 0) return;
    for (const char* at = buffer.data(); at < buffer.data() + size && !polling();) {
      const auto& event = *reinterpret_cast<const inotify_event*>(at);
      note(event, hints);
      at += sizeof(inotify_event) + event.len;
    }
  }
}

void watcher::note(const inotify_event& event, std::vector<watch_hint>& hints) {
  if ((event.mask & IN_Q_OVERFLOW) != 0) return fail(0);
  const auto found = m_targets.find(event.wd);
  if (found == m_targets.end()) return;  // an event that was on its way when the watch ended

  const target& watched = found->second;
  const auto tell = [&](auto range) {
    for (auto at = range.first; at != range.second; ++at) {
      hints.push_back({at->second,
                       watched.is_directory ? watch_hint::kind::look : kind_of(event.mask),
                       event.wd});
    }
  };
  if (event.len != 0) {
    tell(watched.interested.equal_range(std::string(event.name)));
    tell(watched.interested.equal_range(std::string()));
  } else {
    tell(std::pair(watched.interested.begin(), watched.interested.end()));
  }
  if ((event.mask & IN_IGNORED) != 0) {
    m_targets.erase(found);
  } else if (watched.is_directory && (event.mask & (IN_DELETE_SELF | IN_MOVE_SELF)) != 0) {
    ::inotify_rm_watch(m_inotify.get(), event.wd);  // another one may stand at its path
    m_targets.erase(found);
  }
}

void watcher::fail(int error) {
  m_failure = error;
  m_targets.clear();
  m_inotify.reset();
}

std::optional<int> watcher::take_failure() noexcept {
  return std::exchange(m_failure, {});
}

}  // namespace logpipe::follow
