#include "logcat/looking/partition_check.hpp"

#include <catch2/catch.hpp>

#include <initializer_list>
#include <string>
#include <vector>

using logpipe::logcat::missing_run;
using logpipe::logcat::partition_check;
using logpipe::logcat::run_budget;

namespace {

/// A partition's log, told by the offsets that come of it.
struct checking {
  run_budget budget;
  partition_check check;

  explicit checking(std::int64_t begin, std::int64_t end, run_budget most = 100)
      : budget(most), check(begin, end, budget) {}

  checking& sees(std::initializer_list<std::int64_t> offsets) {
    for (const auto offset : offsets) {
      check.saw(offset);
    }
    return *this;
  }
  checking& sees_range(std::int64_t first, std::int64_t end) {
    for (auto offset = first; offset < end; ++offset) {
      check.saw(offset);
    }
    return *this;
  }
  checking& ends() {
    check.passed(check.end());
    return *this;
  }
  checking& again(std::initializer_list<std::int64_t> offsets) {
    for (const auto offset : offsets) {
      check.saw_uncommitted(offset);
    }
    return *this;
  }
  /// "5-7a 8?": aborted or unknown.
  std::string runs() const {
    std::string text;
    check.for_each_run([&](const missing_run& run) {
      text += text.empty() ? "" : " ";
      text += std::to_string(run.first);
      if (run.offsets() > 1) text += "-" + std::to_string(run.end - 1);
      text += run.why == missing_run::verdict::aborted ? "a" : "?";
    });
    return text;
  }
};

}  // namespace

TEST_CASE("a log whose offsets are all there misses nothing") {
  checking of(10, 20);
  of.sees_range(10, 20).ends();
  CHECK_FALSE(of.check.misses_any());
  CHECK(of.check.records() == 10);
  CHECK(of.runs().empty());
}

TEST_CASE("an empty log misses nothing") {
  checking of(7, 7);
  of.ends();
  CHECK_FALSE(of.check.misses_any());
  CHECK(of.check.records() == 0);
}

TEST_CASE("what is missing is told in runs, at the begin and at the end too") {
  checking of(0, 10);
  of.sees({2, 3, 5, 7, 8}).ends();
  CHECK(of.runs() == "0-1? 4? 6? 9?");
  CHECK(of.check.missing() == 5);
  CHECK(of.check.records() == 5);
  CHECK(of.check.first_missing() == 0);
  CHECK(of.check.missing_end() == 10);
}

TEST_CASE("a log without any record is one run") {
  checking of(3, 9);
  of.ends();
  CHECK(of.runs() == "3-8?");
}

TEST_CASE("what is passed without a record belongs to the run before it") {
  checking of(0, 10);
  of.sees({0});
  of.check.passed(4);
  of.check.passed(7);
  of.sees({7, 8, 9}).ends();
  CHECK(of.runs() == "1-6?");
}

TEST_CASE("nothing is missing behind the end that the log had at the start") {
  checking of(0, 5);
  of.sees_range(0, 5);
  of.check.passed(8);
  CHECK_FALSE(of.check.misses_any());
}

TEST_CASE("what is there when read uncommitted are aborted records") {
  checking of(0, 10);
  of.sees({0, 1, 8}).ends();
  of.again({2, 3, 4, 5, 6, 8});
  CHECK(of.runs() == "2-6a 7? 9?");
  CHECK(of.check.aborted() == 5);
}

TEST_CASE("a run is divided wherever its verdict changes") {
  checking of(0, 12);
  of.sees({0, 11}).ends();
  of.again({0, 2, 3, 5, 9, 10, 11});
  CHECK(of.runs() == "1? 2-3a 4? 5a 6-8? 9-10a");
  CHECK(of.check.aborted() == 5);
}

TEST_CASE("records between the runs change no verdict") {
  checking of(0, 6);
  of.sees({0, 2, 4}).ends();
  of.again({2, 4});
  CHECK(of.runs() == "1? 3? 5?");
  CHECK(of.check.aborted() == 0);
}

TEST_CASE("a record that comes twice, or behind a later one, is counted apart") {
  checking of(0, 6);
  of.sees({0, 1, 1, 2, 3, 2, 0, 4, 5}).ends();
  CHECK(of.check.repeated() == 1);
  CHECK(of.check.out_of_order() == 2);
  CHECK(of.check.records() == 6);
  CHECK_FALSE(of.check.misses_any());
}

TEST_CASE("runs beyond the budget are counted, and their offsets are not looked for again") {
  checking of(0, 10, 2);
  of.sees({1, 3, 5, 7, 9}).ends();
  CHECK(of.runs() == "0? 2?");
  CHECK(of.check.missing() == 5);
  CHECK(of.check.not_remembered() == 3);
  of.again({0, 1, 2, 3, 4});
  CHECK(of.check.aborted() == 0);
}

TEST_CASE("partitions share one budget") {
  run_budget budget = 3;
  partition_check first(0, 4, budget);
  partition_check second(0, 4, budget);
  first.saw(1);
  first.saw(3);
  second.saw(1);
  second.saw(3);
  CHECK(first.not_remembered() == 0);
  CHECK(second.not_remembered() == 1);
}
