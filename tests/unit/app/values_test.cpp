#include "common/values.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

using namespace logpipe::app;

TEST_CASE("a time") {
  CHECK(time_value("--since", "1700000000000") == 1700000000000);
  CHECK(time_value("--since", "-15m", 1700000900000) == 1700000000000);
}

TEST_CASE("what is no time names the option, the text and what is wrong") {
  CHECK_THROWS_AS(time_value("--since", "10:61"), usage_error);
  CHECK_THROWS_WITH(time_value("--since", "10:61"),
                    "--since: \"10:61\" is no time: there is no minute 61");
}
