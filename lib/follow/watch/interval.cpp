#include <logpipe/follow/watch/interval.hpp>

#include <algorithm>

namespace logpipe::follow {

milliseconds polling_interval(milliseconds shortest, time_point::duration quiet) {
  constexpr milliseconds longest{2000};
  const auto backed_off = std::chrono::floor<milliseconds>(quiet / 8);
  return std::clamp(backed_off, shortest, std::max(shortest, longest));
}

time_point shared_deadline(time_point now, milliseconds interval) {
  const time_point::duration grid = std::max<time_point::duration>(interval / 8, milliseconds(1));
  const time_point due = now + interval;
  return due - due.time_since_epoch() % grid;
}

}  // namespace logpipe::follow
