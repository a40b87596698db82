#include "logcat/selection/record_place.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <string>

using logpipe::app::usage_error;
using logpipe::logcat::parse_record_place;
using logpipe::logcat::record_place;

TEST_CASE("a record's place is its partition and offset") {
  CHECK(parse_record_place("0:0") == record_place{0, 0});
  CHECK(parse_record_place("3:5000000000") == record_place{3, 5000000000});
}

TEST_CASE("what is no place of a record") {
  const std::string text = GENERATE("", "5", ":", "0:", ":5", "-1:5", "0:-5", "0:oldest", "0:5,1:6",
                                    "2147483648:0", "0:99999999999999999999");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_record_place(text), usage_error);
  CHECK_THROWS_WITH(parse_record_place(text), Catch::Contains("PARTITION:OFFSET"));
}
