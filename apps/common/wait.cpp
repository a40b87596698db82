#include "wait.hpp"

#include <logpipe/base/fd.hpp>

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace logpipe::app {

void wait_readable(std::initializer_list<int> descriptors, std::optional<time_point> deadline) {
  std::array<pollfd, 8> polled{};
  nfds_t count = 0;
  for (const int descriptor : descriptors) {
    polled.at(count++) = {descriptor, POLLIN, 0};
  }
  const time_point now = clock::now();
  const int limit = milliseconds_until(deadline.value_or(now + std::chrono::hours(24)), now);
  if (::poll(polled.data(), count, limit) < 0 && errno != EINTR) throw_errno("poll");
}

std::optional<time_point> earlier(std::optional<time_point> a, std::optional<time_point> b) {
  if (a && b) return std::min(*a, *b);
  return a ? a : b;
}

}  // namespace logpipe::app
