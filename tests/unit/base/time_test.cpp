#include <logpipe/base/time.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <support/time_zone.hpp>

using namespace logpipe;
using namespace std::chrono_literals;
using test::time_zone;

namespace {

std::int64_t timestamp_of(std::chrono::sys_time<std::chrono::milliseconds> when) {
  return when.time_since_epoch().count();
}

const auto day = std::chrono::sys_days(2026y / 11 / 22);
const std::int64_t now = timestamp_of(day + 15h + 30min + 250ms);

std::int64_t parsed(std::string_view text, std::int64_t at = now) {
  const auto result = parse_time(text, at);
  if (const auto* error = std::get_if<time_error>(&result)) FAIL(text << " " << error->what);
  return std::get<std::int64_t>(result);
}

std::string refused(std::string_view text, std::int64_t at = now) {
  const auto result = parse_time(text, at);
  CAPTURE(text);
  REQUIRE(std::holds_alternative<time_error>(result));
  return std::get<time_error>(result).what;
}

}  // namespace

TEST_CASE("milliseconds since the epoch") {
  CHECK(parsed("1700000000000") == 1700000000000);
  CHECK(parsed("0") == 0);
  CHECK(parsed("253402300799999") == 253402300799999);
}

TEST_CASE("seconds and nanoseconds since the epoch are refused") {
  CHECK_THAT(refused("1700000000"), Catch::Contains("write 1700000000000, in milliseconds"));
  CHECK_THAT(refused("1700000000000000000"), Catch::Contains("13 digits"));
  CHECK_THAT(refused("99999999999999999999"), Catch::Contains("13 digits"));
}

TEST_CASE("now, and so long ago") {
  CHECK(parsed("now") == now);
  CHECK(parsed("-15m") == now - 15 * 60'000LL);
  CHECK(parsed("-250ms") == now - 250);
  CHECK(parsed("-7d") == now - 7 * 86'400'000LL);
  CHECK(parsed("-36500d") == 0);
}

TEST_CASE("dates and times of the local zone") {
  const time_zone berlin("Europe/Berlin");
  CHECK(parsed("2026-11-22") == timestamp_of(day - 1h));
  CHECK(parsed("2026-07-22") == timestamp_of(std::chrono::sys_days(2026y / 7 / 22) - 2h));
  CHECK(parsed("2026-11-22T10:00") == timestamp_of(day + 9h));
  CHECK(parsed("2026-11-22 10:00") == timestamp_of(day + 9h));
  CHECK(parsed("2026-11-22T10:00:07") == timestamp_of(day + 9h + 7s));
  CHECK(parsed("2024-02-29") == timestamp_of(std::chrono::sys_days(2024y / 2 / 29) - 1h));
}

TEST_CASE("of a fraction milliseconds count") {
  const time_zone utc("UTC");
  CHECK(parsed("2026-11-22T10:00:00.5") == timestamp_of(day + 10h + 500ms));
  CHECK(parsed("2026-11-22T10:00:00.007") == timestamp_of(day + 10h + 7ms));
  CHECK(parsed("2026-11-22 10:00:00,123456789") == timestamp_of(day + 10h + 123ms));
  CHECK(parsed("10:00:00.999999") == timestamp_of(day + 10h + 999ms));
}

TEST_CASE("a zone of its own") {
  const time_zone berlin("Europe/Berlin");
  const auto* const text =
      GENERATE("2026-11-22T10:00Z", "2026-11-22T18:00+08:00", "2026-11-22T18:00+0800",
               "2026-11-22T18:00+08", "2026-11-22 10:00 Z", "2026-11-22 18:00:00.000 +0800",
               "2026-11-22T04:30-05:30", "2026-11-22T10:00-00:00");
  CAPTURE(text);
  CHECK(parsed(text) == timestamp_of(day + 10h));
}

TEST_CASE("a date may have a zone too") {
  const time_zone berlin("Europe/Berlin");
  CHECK(parsed("2026-11-22Z") == timestamp_of(day));
  CHECK(parsed("2026-11-22 +08:00") == timestamp_of(day - 8h));
}

TEST_CASE("a time alone is today's, as it is in its zone") {
  const time_zone berlin("Europe/Berlin");
  CHECK(parsed("10:00") == timestamp_of(day + 9h));
  CHECK(parsed("9:05:30") == timestamp_of(day + 8h + 5min + 30s));
  CHECK(parsed("10:00Z") == timestamp_of(day + 10h));
  const std::int64_t late = timestamp_of(day + 23h + 30min);
  CHECK(parsed("10:00", late) == timestamp_of(day + 24h + 9h));
  CHECK(parsed("10:00Z", late) == timestamp_of(day + 10h));
  CHECK(parsed("10:00-05:00", late) == timestamp_of(day + 15h));
}

TEST_CASE("no record is older than the epoch") {
  const time_zone berlin("Europe/Berlin");
  CHECK(parsed("1970-01-01") == 0);
  CHECK(parsed("1815-06-18T11:30Z") == 0);
}

TEST_CASE("an hour that daylight saving doubles says how to write both") {
  const time_zone berlin("Europe/Berlin");
  CHECK_THAT(refused("2026-10-25T02:30"),
             Catch::Contains("comes twice") &&
                 Catch::EndsWith("write 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00"));
  CHECK(parsed("2026-10-25T02:30+02:00") + 3'600'000 == parsed("2026-10-25T02:30+01:00"));
  CHECK_THAT(refused("2:30:15.5", timestamp_of(std::chrono::sys_days(2026y / 10 / 25) + 12h)),
             Catch::EndsWith("write 2026-10-25T02:30:15.5+02:00 or 2026-10-25T02:30:15.5+01:00"));
}

TEST_CASE("an hour that daylight saving leaves out says how to write it") {
  const time_zone new_york("America/New_York");
  CHECK_THAT(refused("2026-03-08 02:30"),
             Catch::Contains("is left out") &&
                 Catch::EndsWith("write 2026-03-08T02:30-05:00 or 2026-03-08T02:30-04:00"));
}

TEST_CASE("a day whose midnight is left out") {
  const time_zone santiago("America/Santiago");
  CHECK_THAT(refused("2026-09-06"),
             Catch::EndsWith("write 2026-09-06T00:00-04:00 or 2026-09-06T00:00-03:00"));
}

TEST_CASE("what is no time says what is wrong") {
  CHECK_THAT(refused("2026-02-30"), Catch::Contains("no such day"));
  CHECK_THAT(refused("2026-13-01"), Catch::Contains("no such day"));
  CHECK_THAT(refused("24:00"), Catch::Contains("no hour 24"));
  CHECK_THAT(refused("10:61"), Catch::Contains("no minute 61"));
  CHECK_THAT(refused("10:00:60"), Catch::Contains("no second 60"));
  CHECK_THAT(refused("2026-11-22T10:00CET"), Catch::Contains("\"CET\" is no time zone"));
  CHECK_THAT(refused("2026-11-22T10:00+15:00"), Catch::Contains("\"+15:00\" is no time zone"));
  CHECK_THAT(refused("-15"), Catch::Contains("as in -15m"));
  CHECK_THAT(refused("-1h30m"), Catch::Contains("as in -15m"));
}

TEST_CASE("what has no form of a time names the forms") {
  const auto* const text =
      GENERATE("", "yesterday", "15m", "2026-1-2", "2026-11-22T", "2026-11-22T10", "10:0",
               "10:00:", "10:00:00.", "26-11-22", "2026-11-22x", " 10:00");
  CAPTURE(text);
  CHECK_THAT(refused(text), Catch::Contains("is no time"));
}

TEST_CASE("the wall clock goes on") {
  const std::int64_t before = wall_clock_now();
  CHECK(before > 1'700'000'000'000);
  CHECK(wall_clock_now() >= before);
}
