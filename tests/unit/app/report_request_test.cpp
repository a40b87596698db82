#include "common/report_request.hpp"

#include <catch2/catch.hpp>
#include <poll.h>
#include <signal.h>

TEST_CASE("a SIGUSR1 is taken once") {
  logpipe::app::report_request asked;
  CHECK_FALSE(asked.take());
  REQUIRE(::raise(SIGUSR1) == 0);
  pollfd waiting{asked.wake_fd(), POLLIN, 0};
  CHECK(::poll(&waiting, 1, 0) == 1);
  CHECK(asked.take());
  CHECK_FALSE(asked.take());
}
