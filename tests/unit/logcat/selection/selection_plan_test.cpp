#include "common/exit_code.hpp"
#include "logcat/options.hpp"
#include "logcat/selection/plan.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace logpipe;
using namespace logpipe::logcat;
using namespace std::chrono_literals;
using kind = start_position::kind;

namespace {

constexpr std::int64_t now = 1'700'000'000'000;

using words = std::vector<const char*>;

/// What these options of `logcat ... test` come to.
selection_plan planned(words options) {
  options.insert(options.begin(), "logcat");
  options.push_back("test");
  logcat::options parsed;
  parse_options(static_cast<int>(options.size()), options.data(), parsed);
  return resolve(parsed.selection, parsed.topics, now);
}

using numbers = std::vector<std::int32_t>;

}  // namespace

TEST_CASE("since is a start and a bound, and does not end the run") {
  const auto plan = planned({"--since", "-15m"});
  CHECK(plan.start == start_position{kind::time, now - 900'000});
  CHECK(plan.times.since == now - 900'000);
  CHECK_FALSE(plan.is_bounded());
  CHECK_FALSE(plan.has_until());
}

TEST_CASE("until ends the run, which begins at the oldest") {
  const auto plan = planned({"--until", "-15m"});
  CHECK(plan.start.what == kind::oldest);
  CHECK(plan.times.until == now - 900'000);
  CHECK(plan.times.slack == 1h);
  CHECK(plan.is_bounded());
  CHECK(plan.ends_at_start());
  CHECK_FALSE(plan.until_lies_ahead);
  CHECK(planned({"--until", "now"}).ends_at_start());
}

TEST_CASE("a time that lies ahead is waited for") {
  const auto plan = planned({"--until", "1700000000001", "--slack", "5m"});
  CHECK(plan.until_lies_ahead);
  CHECK(plan.is_bounded());
  CHECK_FALSE(plan.ends_at_start());
  CHECK(plan.times.slack == 5min);
  CHECK(planned({"-e", "--until", "1700000000001"}).ends_at_start());
}

TEST_CASE("other starts stay possible with until") {
  CHECK(planned({"-o", "newest", "--until", "-15m"}).start.what == kind::newest);
  CHECK(planned({"--since", "-1h", "--until", "-15m"}).start.what == kind::time);
  CHECK(planned({"--since", "-1h", "--until", "-1h"}).ends_at_start());
  CHECK(planned({"-n", "5", "--until", "1700000000001"}).tail == 5);
}

TEST_CASE("starts by partition are all that is read") {
  const auto plan = planned({"-o", "4:100,1:-5"});
  CHECK(plan.partitions == numbers{1, 4});
  CHECK(plan.start_of(4) == start_position{kind::offset, 100});
  CHECK(plan.start_of(1) == start_position{kind::last, 5});
  CHECK(plan.looks_back());
  CHECK_FALSE(planned({"-o", "4:100"}).looks_back());
}

TEST_CASE("one start is that of every partition") {
  const auto plan = planned({"-o", "100"});
  CHECK(plan.partitions.empty());
  CHECK(plan.start_of(7) == start_position{kind::offset, 100});
}

TEST_CASE("single records make a run that ends, in their partitions alone") {
  const auto plan = planned({"--at", "3:7", "--at", "0:5", "--at", "3:6"});
  CHECK(plan.at == std::vector<record_place>{{3, 7}, {0, 5}, {3, 6}});
  CHECK(plan.partitions == numbers{0, 3});
  CHECK(plan.is_bounded());
  CHECK(plan.ends_at_start());
}

TEST_CASE("what does not go together is told") {
  words options;
  const char* word = "";
  SECTION("two starts") {
    options = {"-o", "5", "--since", "-1h"};
    word = "-o and --since exclude each other";
  }
  SECTION("the newest since a time") {
    options = {"-n", "5", "--since", "-1h"};
    word = "--since and -n exclude each other";
  }
  SECTION("a record and a start") {
    options = {"--since", "-1h", "--at", "0:5"};
    word = "--since and --at exclude each other";
  }
  SECTION("a record and an end") {
    options = {"--at", "0:5", "--until", "-1h"};
    word = "--at and --until exclude each other";
  }
  SECTION("a record and partitions") {
    options = {"--at", "0:5", "-p", "0"};
    word = "leave -p out";
  }
  SECTION("a record of several topics") {
    options = {"--at", "0:5", "other"};
    word = "--at takes one TOPIC";
  }
  SECTION("a record of an expression's topics") {
    options = {"--at", "0:5", "^test"};
    word = "--at takes one TOPIC";
  }
  SECTION("partitions twice") {
    options = {"-o", "0:5", "-p", "0"};
    word = "leave -p out";
  }
  SECTION("partitions of several topics") {
    options = {"-o", "0:5", "other"};
    word = "takes one TOPIC";
  }
  SECTION("a window that ends before it begins") {
    options = {"--since", "-1h", "--until", "-2h"};
    word = "--until -2h lies before --since -1h";
  }
  SECTION("the newest of what is behind") {
    options = {"-n", "5", "--until", "-1h"};
    word = "-n counts from the end";
  }
  SECTION("slack alone") {
    options = {"--slack", "1h"};
    word = "--slack belongs to --until";
  }
  SECTION("no time") {
    options = {"--since", "yesterday"};
    word = "--since: \"yesterday\" is no time";
  }
  CHECK_THROWS_AS(planned(options), app::usage_error);
  CHECK_THROWS_WITH(planned(options), Catch::Contains(word));
}
