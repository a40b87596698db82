#include "logcat/selection/partition_list.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <string>

using logpipe::app::usage_error;
using logpipe::logcat::parse_partitions;
using numbers = std::vector<std::int32_t>;

TEST_CASE("lists of partitions") {
  CHECK(parse_partitions("3") == numbers{3});
  CHECK(parse_partitions("0,2-4") == numbers{0, 2, 3, 4});
  CHECK(parse_partitions("4,1,1-2,4") == numbers{1, 2, 4});
  CHECK(parse_partitions("2147483647") == numbers{2147483647});
}

TEST_CASE("what is no list of partitions") {
  const std::string text = GENERATE("", ",", "1,", ",1", "a", "-1", "1-", "4-2", "1--2", "0x1",
                                    "2147483648", "0-2000000000", "1 ,2", "0, -3");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_partitions(text), usage_error);
}
