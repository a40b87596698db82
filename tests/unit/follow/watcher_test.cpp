#include "temporary_directory.hpp"

#include <logpipe/follow/watch/watcher.hpp>

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <utility>

using namespace logpipe;
using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

namespace {

struct watcher_fixture : temporary_directory {
  watcher watches{true};

  std::vector<watch_hint> hints() {
    std::vector<watch_hint> found;
    watches.take(found);
    return found;
  }
  bool hinted(source_id source, watch_hint::kind what) {
    for (const auto& hint : hints()) {
      if (hint.source == source && hint.what == what) return true;
    }
    return false;
  }
};

}  // namespace

TEST_CASE_METHOD(watcher_fixture, "a name in a directory is told to those who ask for it alone") {
  const auto a = watches.on_entry(path(""), "a", 1);
  const auto b = watches.on_entry(path(""), "b", 2);
  CHECK(watches.size() == 1);
  append("x", "a");
  for (const auto& hint : hints()) {
    CHECK(hint.source == 1);
  }
}

TEST_CASE_METHOD(watcher_fixture, "an open file is watched wherever it goes") {
  append("x");
  const fd file = open();
  const auto on = watches.on_file(file.get(), 7);
  rename("file", "moved");
  CHECK(hinted(7, watch_hint::kind::renamed));
  append("y");  // another file
  CHECK(hints().empty());
  append("y", "moved");
  const auto found = hints();
  REQUIRE(found.size() == 2);
  CHECK(found[0].what == watch_hint::kind::modified);
  CHECK(found[1].what == watch_hint::kind::closed);
  CHECK(found[1].watch == on.number());
  remove("moved");
  CHECK(hinted(7, watch_hint::kind::look));
}

TEST_CASE_METHOD(watcher_fixture, "a watch ends with its object") {
  append("x");
  const fd file = open();
  auto one = watches.on_file(file.get(), 1);
  {
    const auto other = watches.on_file(file.get(), 2);
    CHECK(other.number() == one.number());
    CHECK(watches.size() == 1);
  }
  append("y");
  for (const auto& hint : hints()) {
    CHECK(hint.source == 1);
  }
  const auto moved = std::move(one);
  CHECK(watches.size() == 1);
  CHECK(moved);
}

TEST_CASE_METHOD(watcher_fixture, "events of a watch that has ended are dropped") {
  append("x");
  const fd file = open();
  auto on = watches.on_file(file.get(), 1);
  append("y");
  on.reset();
  CHECK(hints().empty());
  CHECK(watches.size() == 0);
}

TEST_CASE_METHOD(watcher_fixture, "a directory that is not there is not watched") {
  CHECK_FALSE(watches.on_entry(path("none"), "a", 1));
  CHECK_FALSE(watches.polling());
}

TEST_CASE_METHOD(watcher_fixture, "a queue overflow ends in polling, told once") {
  append("x");
  const fd file = open();
  const auto on = watches.on_file(file.get(), 1);
  std::size_t limit = 0;
  std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> limit;
  for (std::size_t i = 0; i < limit / 2 + 1; ++i) {
    append("y");  // each is two events
  }
  hints();
  CHECK(watches.polling());
  CHECK(watches.take_failure() == 0);
  CHECK_FALSE(watches.take_failure());
  CHECK_FALSE(on);
  CHECK_FALSE(watches.on_file(file.get(), 1));
}

TEST_CASE_METHOD(temporary_directory, "without inotify nothing is watched and nothing has failed") {
  watcher watches(false);
  append("x");
  CHECK(watches.polling());
  CHECK_FALSE(watches.on_file(open().get(), 1));
  CHECK_FALSE(watches.take_failure());
}
