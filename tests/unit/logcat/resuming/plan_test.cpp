#include "logcat/resuming/plan.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::logcat;

namespace {

constexpr std::int64_t some_time = 1'700'000'000'000;  // the 14th or 15th of November 2023

struct written : resuming_options {
  bool bounded = true;

  resuming_plan resolved() const { return resolve(*this, bounded, some_time); }
  std::string refusal() const {
    try {
      static_cast<void>(resolved());
    } catch (const app::usage_error& error) {
      return error.what();
    }
    return "";
  }
};

}  // namespace

TEST_CASE_METHOD(written, "a run that ends keeps positions at its end, a follower on the way") {
  state = "file";
  CHECK(resolved().when == commit::end);
  CHECK(resolved().all_or_nothing());
  bounded = false;
  CHECK(resolved().when == commit::flush);
  CHECK_FALSE(resolved().all_or_nothing());
  commit = "end";
  CHECK(resolved().all_or_nothing());
}

TEST_CASE_METHOD(written,
                 "a group keeps positions as a state does, and there is only one of both") {
  group = "billing";
  join = true;
  CHECK(resolved().group == "billing");
  CHECK(resolved().join);
  CHECK(resolved().all_or_nothing());
  state = "file";
  CHECK(refusal() == "-G and --state exclude each other");
}

TEST_CASE_METHOD(written,
                 "what needs a group is refused without one, and so is one without a name") {
  SECTION("--join") {
    join = true;
  }
  SECTION("no name") {
    group = "";
  }
  CHECK_THAT(refusal(), Catch::Contains("-G"));
}

TEST_CASE_METHOD(written, "what needs a state is refused without one") {
  SECTION("--commit") {
    commit = "end";
  }
  SECTION("--wait-lock") {
    wait_lock = "1s";
  }
  CHECK_THAT(refusal(), Catch::Contains("--state"));
}

TEST_CASE_METHOD(written, "words that are not known are refused") {
  state = "file";
  SECTION("--commit") {
    commit = "now";
    CHECK(refusal() == "--commit: \"now\" is not known; write end or flush");
  }
  SECTION("--wait-lock") {
    wait_lock = "long";
    CHECK_THAT(refusal(), Catch::Contains("--wait-lock"));
  }
  SECTION("no name") {
    state = "";
    CHECK(refusal() == "--state: the name is empty");
  }
}

TEST_CASE_METHOD(written, "the time in the output's name is that of the start") {
  output = "orders-%Y-%m.json";
  CHECK(resolved().output == "orders-2023-11.json");
  output = "100%%";
  CHECK(resolved().output == "100%");
}

TEST_CASE_METHOD(written, "an output is refused where it could not be whole") {
  output = "file";
  SECTION("when following") {
    bounded = false;
    CHECK_THAT(refusal(), Catch::Contains("write -e"));
  }
  SECTION("with positions that are kept before it is there") {
    state = "state";
    commit = "flush";
    CHECK_THAT(refusal(), Catch::Contains("--commit flush"));
  }
  SECTION("without a name") {
    output = "";
    CHECK(refusal() == "--output: the name is empty");
  }
  SECTION("with a part of a time that there is not") {
    output = "file-%!";
    CHECK_THAT(refusal(), Catch::Contains("%%"));
  }
}
