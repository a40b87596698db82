#include "logcat/resuming/position_keeper.hpp"

#include <catch2/catch.hpp>

#include <support/captured_stderr.hpp>

using namespace logpipe;
using namespace logpipe::logcat;
using namespace std::chrono_literals;

namespace {

class fake_store : public position_store {
public:
  std::vector<std::vector<partition_position>> kept;
  std::string problem;

  std::string keep(const std::vector<partition_position>& positions) override {
    if (problem.empty()) kept.push_back(positions);
    return problem;
  }
};

struct keeper_story {
  fake_store store;
  app::messages out{"logcat"};
  assignment parts;
  reading& first = parts.add({"orders", 0, 10, no_end});
  reading& second = parts.add({"orders", 1, 20, no_end});
  time_point now;

  position_keeper keeper(commit when) {
    return {{.store = store,
             .position = [](const reading& part) -> std::optional<kept_position> {
               if (part.next < part.first) return std::nullopt;
               return kept_position{.next = part.next, .last = {}};
             },
             .out = out,
             .place = "state",
             .now = [this] { return now; }},
            when};
  }
  /// What was kept last, as offsets by partition.
  std::vector<std::pair<std::int32_t, std::int64_t>> last() const {
    std::vector<std::pair<std::int32_t, std::int64_t>> found;
    for (const auto& each : store.kept.back()) {
      found.emplace_back(each.partition, each.at.next);
    }
    return found;
  }
};

using offsets = std::vector<std::pair<std::int32_t, std::int64_t>>;

}  // namespace

TEST_CASE_METHOD(keeper_story, "with end, all is kept when the run has done its work") {
  auto keeps = keeper(commit::end);
  keeps.begin(parts);
  first.next = 15;
  now += 10s;
  keeps.flushed(parts);
  CHECK(store.kept.empty());
  CHECK(keeps.end(true));
  CHECK(last() == offsets{{0, 15}, {1, 20}});
}

TEST_CASE_METHOD(keeper_story, "with end, a run that failed keeps nothing") {
  auto keeps = keeper(commit::end);
  keeps.begin(parts);
  keeps.flushed(parts);
  CHECK(keeps.end(false));
  CHECK(store.kept.empty());
}

TEST_CASE_METHOD(keeper_story, "with flush, the start is kept at once") {
  auto keeps = keeper(commit::flush);
  keeps.begin(parts);
  CHECK(last() == offsets{{0, 10}, {1, 20}});
}

TEST_CASE_METHOD(keeper_story, "with flush, the first change is kept at once") {
  auto keeps = keeper(commit::flush);
  keeps.begin(parts);
  first.next = 11;
  keeps.flushed(parts);
  CHECK(last() == offsets{{0, 11}});
}

TEST_CASE_METHOD(keeper_story, "with flush, what changes later is kept at most each second") {
  auto keeps = keeper(commit::flush);
  keeps.begin(parts);
  first.next = 11;
  keeps.flushed(parts);
  first.next = 15;
  now += 500ms;
  keeps.flushed(parts);
  CHECK(store.kept.size() == 2);
  now += 500ms;
  keeps.flushed(parts);
  CHECK(last() == offsets{{0, 15}});
  now += 10s;
  keeps.flushed(parts);
  CHECK(store.kept.size() == 3);
}

TEST_CASE_METHOD(keeper_story, "with flush, the end keeps what was flushed, and no more") {
  auto keeps = keeper(commit::flush);
  keeps.begin(parts);
  first.next = 11;
  keeps.flushed(parts);
  first.next = 15;
  keeps.flushed(parts);
  first.next = 18;  // not written
  CHECK(keeps.end(false));
  CHECK(last() == offsets{{0, 15}});
}

TEST_CASE_METHOD(keeper_story, "a partition that is found later is kept too") {
  auto keeps = keeper(commit::flush);
  keeps.begin(parts);
  parts.add({"orders", 2, 0, no_end});
  keeps.flushed(parts);
  CHECK(keeps.end(true));
  CHECK(last() == offsets{{2, 0}});
}

TEST_CASE_METHOD(keeper_story, "of a partition that has no position nothing is kept") {
  second.first = 100;
  auto keeps = keeper(commit::end);
  keeps.begin(parts);
  CHECK(keeps.end(true));
  CHECK(last() == offsets{{0, 10}});
}

TEST_CASE_METHOD(keeper_story, "positions that cannot be kept are told of once, and tried again") {
  const test::captured_stderr err;
  auto keeps = keeper(commit::flush);
  store.problem = "no room";
  keeps.begin(parts);
  now += 2s;
  keeps.flushed(parts);
  CHECK(err.text() == "logcat: state: positions are not kept: no room\n");
  CHECK_FALSE(keeps.end(true));
  store.problem.clear();
  CHECK(keeps.end(true));
  CHECK(last() == offsets{{0, 10}, {1, 20}});
  CHECK_THAT(err.text(), Catch::Contains("kept again"));
}
