#include "logcat/selection/start_position.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe::logcat;
using logpipe::app::usage_error;
using kind = start_position::kind;

TEST_CASE("places to begin") {
  CHECK(parse_start("newest") == start_position{kind::newest, 0});
  CHECK(parse_start("end") == start_position{kind::newest, 0});
  CHECK(parse_start("oldest") == start_position{kind::oldest, 0});
  CHECK(parse_start("beginning") == start_position{kind::oldest, 0});
  CHECK(parse_start("0") == start_position{kind::offset, 0});
  CHECK(parse_start("5000000000") == start_position{kind::offset, 5000000000});
  CHECK(parse_start("-20") == start_position{kind::last, 20});
}

TEST_CASE("what is no place to begin says what to write") {
  const std::string text = GENERATE("", "-", "first", "1x", "1.5", "99999999999999999999",
                                    "-9223372036854775808", "stored");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_start(text), usage_error);
  CHECK_THROWS_WITH(parse_start(text), Catch::Contains("write newest, oldest, N"));
}

TEST_CASE("the words of other tools are answered with ours") {
  CHECK_THROWS_WITH(parse_start("start"), Catch::EndsWith("write oldest"));
  CHECK_THROWS_WITH(parse_start("earliest"), Catch::EndsWith("write oldest"));
  CHECK_THROWS_WITH(parse_start("latest"), Catch::EndsWith("write newest"));
  CHECK_THROWS_WITH(parse_start(":end"), Catch::EndsWith("write -e"));
  CHECK_THROWS_WITH(parse_start("stored"), Catch::Contains("-G ID"));
}

TEST_CASE("the times that kcat and rpk take there have options of their own") {
  CHECK_THROWS_WITH(parse_start("s@1700000000000"), Catch::EndsWith("--since 1700000000000"));
  CHECK_THROWS_WITH(parse_start("e@1700000000000"), Catch::EndsWith("--until 1700000000000"));
  CHECK_THROWS_WITH(parse_start("@-1h"), Catch::EndsWith("--since -1h"));
  CHECK_THROWS_WITH(parse_start("@-2h:-1h"), Catch::EndsWith("--since -2h --until -1h"));
  CHECK_THROWS_WITH(parse_start("@10:00:00"), Catch::EndsWith("--since 10:00:00"));
  CHECK_THROWS_WITH(parse_start("x@5"), Catch::Contains("no place to begin"));
}

TEST_CASE("a start is never outside of the log") {
  CHECK(start_offset({kind::oldest, 0}, 100, 200) == 100);
  CHECK(start_offset({kind::newest, 0}, 100, 200) == 200);
  CHECK(start_offset({kind::offset, 150}, 100, 200) == 150);
  CHECK(start_offset({kind::offset, 5}, 100, 200) == 100);
  CHECK(start_offset({kind::offset, 500}, 100, 200) == 200);
  CHECK(start_offset({kind::last, 20}, 100, 200) == 180);
  CHECK(start_offset({kind::last, 100}, 100, 200) == 100);
  CHECK(start_offset({kind::last, 9223372036854775807}, 100, 200) == 100);
  CHECK(start_offset({kind::last, 0}, 100, 200) == 200);
}
