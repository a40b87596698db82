#include <logpipe/base/clock.hpp>

#include <catch2/catch.hpp>

using logpipe::milliseconds_until;
using namespace std::chrono_literals;

TEST_CASE("milliseconds until a deadline are rounded up, so that waiting them reaches it") {
  const logpipe::time_point now{1000s};
  CHECK(milliseconds_until(now + 5ms, now) == 5);
  CHECK(milliseconds_until(now + 5001us, now) == 6);
  CHECK(milliseconds_until(now + 1ns, now) == 1);
}

TEST_CASE("milliseconds until a deadline fit poll(2)") {
  const logpipe::time_point now{1000s};
  CHECK(milliseconds_until(now, now) == 0);
  CHECK(milliseconds_until(now - 1h, now) == 0);
  CHECK(milliseconds_until(now + 24h * 365, now) == 24 * 3600 * 1000);
  CHECK(milliseconds_until(logpipe::time_point::max(), now) == 24 * 3600 * 1000);
}
