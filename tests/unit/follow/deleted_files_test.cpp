#include <logpipe/follow/deleted_files.hpp>

#include <catch2/catch.hpp>

#include <memory>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace logpipe;
using namespace logpipe::follow;

namespace {

constexpr std::uint64_t gibibyte = std::uint64_t{1} << 30;

/// Holds one deleted file; reads nothing.
struct holder final : source {
  generation_id generation;
  std::uint64_t unread;
  time_point deleted_long_ago;

  holder(generation_id number, std::uint64_t bytes, time_point when)
      : generation(number), unread(bytes), deleted_long_ago(when) {}

  std::uint64_t deleted_unread() const override { return unread; }
  std::optional<generation_id> oldest_deleted(time_point now) const override {
    return unread != 0 && now >= deleted_long_ago ? std::optional(generation) : std::nullopt;
  }
  void let_go(generation_id number, time_point /*now*/) override {
    REQUIRE(number == generation);
    unread = 0;
  }

  bool hint(const watch_hint& /*hint*/, time_point /*now*/) override { return false; }
  void look(time_point /*now*/) override {}
  progress read(chunk& /*out*/, time_point /*now*/) override { return progress::nothing; }
  std::optional<time_point> due() const override { return {}; }
  void stop(time_point /*now*/) override {}
  bool finished() const override { return false; }
  void tell_partials() const override {}
  std::uint64_t unread_bytes() const override { return unread; }
  std::optional<std::string> name_of(generation_id /*generation*/) const override { return {}; }
};

struct deleted_fixture {
  time_point now{1h};
  roster sources;
  std::vector<std::uint64_t> told;
  follower::observer tell = [this](const event& what) {
    told.push_back(std::get<holding_deleted>(what).bytes);
  };
  std::vector<source_id> woken;

  deleted_files bounded_by(std::optional<std::uint64_t> limit) {
    return {sources, limit, tell, [this](source_id id) { woken.push_back(id); }};
  }
  holder& holds(generation_id generation, std::uint64_t unread, std::chrono::seconds had = 5s) {
    auto made = std::make_unique<holder>(generation, unread, now + 5s - had);
    holder& held = *made;
    sources.add(std::move(made), "log");
    return held;
  }
  void look(deleted_files& files) {
    for (const auto& [id, entry] : sources) {
      files.held_by(id);
    }
    files.keep_bound(now);
  }
};

}  // namespace

TEST_CASE_METHOD(deleted_fixture, "the oldest are let go until the rest is within the bound") {
  const holder& newest = holds(7, 10);
  const holder& oldest = holds(2, 10);
  const holder& between = holds(5, 10);
  auto files = bounded_by(10);
  look(files);
  CHECK(oldest.unread == 0);
  CHECK(between.unread == 0);
  CHECK(newest.unread == 10);
  CHECK(files.bytes() == 10);
  CHECK(woken == std::vector<source_id>{1, 2});
}

TEST_CASE_METHOD(deleted_fixture, "what was deleted just now is not let go yet") {
  const holder& fresh = holds(1, 10, 4s);
  auto files = bounded_by(0);
  look(files);
  CHECK(fresh.unread == 10);
  now += 1s;
  files.keep_bound(now);
  CHECK(fresh.unread == 0);
  CHECK(files.bytes() == 0);
}

TEST_CASE_METHOD(deleted_fixture, "without a bound nothing is let go, and much is told") {
  holder& held = holds(1, gibibyte - 1);
  auto files = bounded_by({});
  look(files);
  CHECK(told.empty());
  held.unread = gibibyte;
  files.keep_bound(now);
  held.unread = 3 * gibibyte;
  files.keep_bound(now);
  CHECK(told == std::vector<std::uint64_t>{gibibyte});
  CHECK(files.bytes() == 3 * gibibyte);
}

TEST_CASE_METHOD(deleted_fixture, "much is told again when it has been half of that") {
  holder& held = holds(1, gibibyte);
  auto files = bounded_by({});
  for (const std::uint64_t unread : {gibibyte, gibibyte / 2, gibibyte, gibibyte / 2 - 1}) {
    held.unread = unread;
    files.keep_bound(now);
    look(files);
  }
  CHECK(told.size() == 1);
  held.unread = 2 * gibibyte;
  look(files);
  CHECK(told == std::vector<std::uint64_t>{gibibyte, 2 * gibibyte});
}

TEST_CASE_METHOD(deleted_fixture, "a source that is dropped holds nothing") {
  holds(1, 10);
  auto files = bounded_by({});
  look(files);
  files.forget(0);
  sources.remove(0);
  CHECK(files.bytes() == 0);
}
