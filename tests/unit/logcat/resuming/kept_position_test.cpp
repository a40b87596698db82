#include "logcat/resuming/kept_position.hpp"

#include <catch2/catch.hpp>

using namespace logpipe::logcat;

namespace {

struct read_before : kept_positions {
  read_before() {
    partitions[{"orders", 1}] = {.next = 5, .last = {}};
    topics["orders"] = 3;
  }
};

}  // namespace

TEST_CASE_METHOD(read_before, "what is kept is found by topic and partition") {
  REQUIRE(find("orders", 1) != nullptr);
  CHECK(find("orders", 1)->next == 5);
  CHECK(find("orders", 0) == nullptr);
  CHECK(find("order", 1) == nullptr);
}

TEST_CASE_METHOD(read_before, "a partition that the topic did not have is new") {
  CHECK(is_new("orders", 3));
  CHECK_FALSE(is_new("orders", 2));
}

TEST_CASE_METHOD(read_before, "in a topic that was not read nothing is new") {
  CHECK_FALSE(is_new("payments", 0));
  CHECK(partitions_of("payments") == 0);
}
