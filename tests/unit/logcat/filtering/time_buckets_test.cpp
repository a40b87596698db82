#include "logcat/filtering/time_buckets.hpp"

#include "support/time_zone.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using logpipe::logcat::time_buckets;
using logpipe::test::time_zone;

namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

/// 2026-11-22T00:00:00Z, a Sunday.
constexpr std::int64_t sunday = 1'795'305'600'000;

std::int64_t begin_of(std::int64_t timestamp, logpipe::milliseconds width) {
  time_buckets buckets(width);
  return buckets.begin_of(buckets.number_of(timestamp));
}

}  // namespace

TEST_CASE("a bucket holds its first moment and not that of the next") {
  time_buckets buckets(5s);
  const auto number = buckets.number_of(sunday);
  CHECK(buckets.begin_of(number) == sunday);
  CHECK(buckets.number_of(sunday + 4999) == number);
  CHECK(buckets.number_of(sunday + 5000) == number + 1);
  CHECK(buckets.number_of(sunday - 1) == number - 1);
}

TEST_CASE("times before the epoch have buckets too") {
  CHECK(begin_of(-1, 1s) == -1000);
  CHECK(begin_of(-1000, 1s) == -1000);
  CHECK(begin_of(-1001, 1s) == -2000);
}

TEST_CASE("days begin at midnight, where the clocks show it") {
  const time_zone shanghai("Asia/Shanghai");
  CHECK(begin_of(sunday, 24h) == sunday - 8 * hour);
  CHECK(begin_of(sunday + 15 * hour, 24h) == sunday - 8 * hour);
  CHECK(begin_of(sunday + 16 * hour, 24h) == sunday + 16 * hour);
}

TEST_CASE("hours begin where the clocks show a whole one") {
  const time_zone kathmandu("Asia/Kathmandu");  // +05:45
  CHECK(begin_of(sunday, 1h) == sunday - 45 * minute);
  CHECK(begin_of(sunday, 30min) == sunday - 15 * minute);
}

TEST_CASE("weeks begin on Monday") {
  CHECK(begin_of(sunday, 168h) == sunday - 6 * day);
  CHECK(begin_of(sunday + day, 168h) == sunday + day);
}

TEST_CASE("a day of daylight saving is an hour shorter or longer") {
  const time_zone berlin("Europe/Berlin");
  time_buckets days(24h);
  constexpr std::int64_t last_summer_day = 1'792'879'200'000;  // 2026-10-25T00:00+02:00
  const auto number = days.number_of(last_summer_day);
  CHECK(days.begin_of(number) == last_summer_day);
  CHECK(days.number_of(last_summer_day + 25 * hour - 1) == number);
  CHECK(days.begin_of(number + 1) == last_summer_day + 25 * hour);
}

TEST_CASE("an hour that the clocks show twice is two hours") {
  const time_zone berlin("Europe/Berlin");
  time_buckets hours(1h);
  constexpr std::int64_t two_in_summer = 1'792'886'400'000;  // 2026-10-25T02:00+02:00
  CHECK(hours.begin_of(hours.number_of(two_in_summer)) == two_in_summer);
  CHECK(hours.number_of(two_in_summer + hour) == hours.number_of(two_in_summer) + 1);
}
