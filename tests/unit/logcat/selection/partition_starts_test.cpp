#include "logcat/selection/partition_starts.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe::logcat;
using logpipe::app::usage_error;
using kind = start_position::kind;

TEST_CASE("a colon tells partitions from a place for all") {
  CHECK(names_partitions("0:5"));
  CHECK_FALSE(names_partitions("5"));
  CHECK_FALSE(names_partitions("@-2h:-1h"));
  CHECK_FALSE(names_partitions(":end"));
  CHECK_FALSE(names_partitions("oldest"));
}

TEST_CASE("each partition has a place of its own, in every form") {
  const auto starts = parse_partition_starts("3:1500,0:-20,7:oldest,1:newest");
  CHECK(starts == partition_starts{{0, {kind::last, 20}},
                                   {1, {kind::newest, 0}},
                                   {3, {kind::offset, 1500}},
                                   {7, {kind::oldest, 0}}});
}

TEST_CASE("what is no list of places") {
  const std::string text =
      GENERATE("0:5,", ",0:5", "0:5,7", ":5", "-1:5", "a:5", "0:", "0:x", "0:5:6", "0:5,0:6");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_partition_starts(text), usage_error);
  CHECK_THROWS_WITH(parse_partition_starts(text), Catch::StartsWith("-o"));
}
