// A kill between any two system calls: what a process has written stays, and nothing follows.
#include "written_story.hpp"

#include <logpipe/ship/position_database.hpp>
#include <logpipe/ship/read_positions.hpp>

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::ship;
using namespace logpipe::ship::testing;

namespace {

struct kill_story {
  written_story story{GENERATE(range<std::uint64_t>(0, 3))};
  disk under;  // spares waiting for the real one
  test::temp_directory directory;
  std::string path = directory / "state";

  /// The save that was the last one, or the one that was being made, is found whole: by who only
  /// reads, and by the next run, which goes on from there.
  void check_killed(const disk_image& files, std::size_t changes) const {
    CAPTURE(changes);
    files.write_to(directory.path());
    const int last = story.last_save(changes);
    const int read = story.save_of(read_positions(path).value());
    CHECK(read >= last);
    CHECK(read <= last + 1);
    position_database store(path);
    CHECK(story.save_of(store.load()) == read);
    CHECK(store.save({.generations = {}, .alive = 9}).empty());
  }
};

}  // namespace

TEST_CASE_METHOD(kill_story, "killed between any two calls") {
  disk_image files = story.beginning();
  check_killed(files, 0);
  for (std::size_t i = 0; i < story.changes().size(); ++i) {
    files.apply(story.changes()[i]);
    check_killed(files, i + 1);
  }
}

TEST_CASE_METHOD(kill_story, "killed in the middle of any write") {
  disk_image files = story.beginning();
  for (std::size_t i = 0; i < story.changes().size(); ++i) {
    const disk_change& change = story.changes()[i];
    if (change.what == disk_change::kind::write) {
      disk_image half = files;
      half.apply(cut(change, change.bytes.size() / 2));
      check_killed(half, i);
    }
    files.apply(change);
  }
}
