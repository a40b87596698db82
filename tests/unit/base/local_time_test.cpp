#include <logpipe/base/local_time.hpp>

#include <catch2/catch.hpp>

#include <support/time_zone.hpp>

using namespace logpipe;
using namespace std::chrono_literals;
using kind = zone_answer::kind;
using std::chrono::local_days;
using test::time_zone;

TEST_CASE("most times come once, at the offset of their season") {
  const time_zone berlin("Europe/Berlin");
  const auto winter = ask_zone(local_days(2026y / 1 / 15) + 10h);
  CHECK(winter.what == kind::once);
  CHECK(winter.earlier == 1h);
  CHECK(winter.later == 1h);
  const auto summer = ask_zone(local_days(2026y / 7 / 15) + 10h);
  CHECK(summer.what == kind::once);
  CHECK(summer.earlier == 2h);
}

TEST_CASE("an hour that is doubled, and the seconds around it") {
  const time_zone berlin("Europe/Berlin");
  const auto day = local_days(2026y / 10 / 25);
  CHECK(ask_zone(day + 1h + 59min + 59s).what == kind::once);
  const auto twice = ask_zone(day + 2h);
  CHECK(twice.what == kind::twice);
  CHECK(twice.earlier == 2h);
  CHECK(twice.later == 1h);
  CHECK(ask_zone(day + 2h + 59min + 59s).what == kind::twice);
  CHECK(ask_zone(day + 3h).what == kind::once);
  CHECK(ask_zone(day + 3h).earlier == 1h);
}

TEST_CASE("an hour that is left out, and the seconds around it") {
  const time_zone new_york("America/New_York");
  const auto day = local_days(2026y / 3 / 8);
  CHECK(ask_zone(day + 1h + 59min + 59s).earlier == -5h);
  const auto never = ask_zone(day + 2h);
  CHECK(never.what == kind::never);
  CHECK(never.earlier == -5h);
  CHECK(never.later == -4h);
  CHECK(ask_zone(day + 2h + 59min + 59s).what == kind::never);
  CHECK(ask_zone(day + 3h).what == kind::once);
  CHECK(ask_zone(day + 3h).earlier == -4h);
}

TEST_CASE("a change of half an hour") {
  const time_zone lord_howe("Australia/Lord_Howe");
  const auto day = local_days(2026y / 4 / 5);
  CHECK(ask_zone(day + 1h + 29min).what == kind::once);
  CHECK(ask_zone(day + 1h + 30min).what == kind::twice);
  CHECK(ask_zone(day + 2h).what == kind::once);
}

TEST_CASE("a zone without daylight saving") {
  const time_zone utc("UTC");
  CHECK(ask_zone(local_days(2026y / 3 / 29) + 2h + 30min).what == kind::once);
  CHECK(offset_at(std::chrono::sys_days(2026y / 7 / 1)) == 0s);
}
