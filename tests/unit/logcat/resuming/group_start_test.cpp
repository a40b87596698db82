#include "logcat/resuming/group/group_start.hpp"

#include <catch2/catch.hpp>

#include <ostream>

using logpipe::logcat::group_start;
using logpipe::logcat::partition_log;
using logpipe::logcat::start_in_group;
using reason = group_start::reason;

namespace logpipe::logcat {

std::ostream& operator<<(std::ostream& out, const group_start& start) {
  return out << "reason " << static_cast<int>(start.why) << " at " << start.first;
}

}  // namespace logpipe::logcat

namespace {

const partition_log whole{"orders", 3, 100, 200};
constexpr bool known = true;

}  // namespace

TEST_CASE("reading goes on where the group is, whatever the command line says") {
  CHECK(start_in_group(whole, 150, known, 111) == group_start{reason::committed, 150});
  CHECK(start_in_group(whole, 100, known, 111) == group_start{reason::committed, 100});
  CHECK(start_in_group(whole, 200, known, 111) == group_start{reason::committed, 200});
}

TEST_CASE("what was removed is passed over") {
  CHECK(start_in_group(whole, 99, known, 111) == group_start{reason::removed, 100});
}

TEST_CASE("a log that ends before where the group is was made anew") {
  CHECK(start_in_group(whole, 201, known, 111) == group_start{reason::made_anew, 100});
}

TEST_CASE("without an offset, a partition of a known topic is new; otherwise the start counts") {
  CHECK(start_in_group(whole, std::nullopt, known, 111) == group_start{reason::appeared, 100});
  CHECK(start_in_group(whole, std::nullopt, !known, 111) == group_start{reason::asked_for, 111});
}
