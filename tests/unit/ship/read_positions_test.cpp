#include "state_story.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace logpipe;
using namespace logpipe::ship;
using namespace logpipe::ship::testing;
using test::some_generation;

namespace {

using names = std::set<std::string>;

struct reading_story : state_story {
  names files() const {
    names found;
    for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
      found.insert(entry.path().filename());
    }
    return found;
  }
  std::size_t count() const { return read_positions(path).value().generations.size(); }

  /// Keeps `kept` generations, the last in the log only, and is killed.
  void run_and_be_killed() const {
    keep({some_generation(1)});
    position_database store(path);
    store.save({.generations = {some_generation(store.next_id())}, .alive = 1});
    // Its files as they are now are put back when it has closed them.
    const auto database_now = content();
    const auto log = content("state-wal");
    const auto index = content("state-shm");
    m_left = {database_now, log, index};
  }
  void put_left_files_back() const {
    write("state", m_left[0]);
    write("state-wal", m_left[1]);
    write("state-shm", m_left[2]);
  }

private:
  mutable std::vector<std::string> m_left;
};

}  // namespace

TEST_CASE_METHOD(reading_story, "there is nothing to read where there is no file") {
  CHECK_FALSE(read_positions(path));
  CHECK(files().empty());
}

TEST_CASE_METHOD(reading_story, "reading after an orderly end makes nothing") {
  keep({some_generation(1), some_generation(2)});
  CHECK(count() == 2);
  CHECK(files() == names{"state"});
}

TEST_CASE_METHOD(reading_story, "reading beside a run that writes") {
  keep({some_generation(1)});
  position_database store(path);
  CHECK(count() == 1);
  for (std::size_t i = 2; i < 100; ++i) {
    REQUIRE(store.save({.generations = {some_generation(store.next_id())}}).empty());
    CHECK(count() == i);
  }
  CHECK(store.load().generations.size() == 99);
}

TEST_CASE_METHOD(reading_story, "reading while the run is in the middle of a save") {
  keep({some_generation(1)});
  position_database store(path);
  REQUIRE(store.save({.alive = 1}).empty());
  database other(path, database::mode::write);
  const transaction unfinished(other, transaction::kind::write);
  other.run("DELETE FROM generations");
  CHECK(count() == 1);
}

TEST_CASE_METHOD(reading_story, "reading what a killed run has left") {
  run_and_be_killed();
  put_left_files_back();
  names left = {"state", "state-wal", "state-shm"};
  SECTION("as it is") {}
  SECTION("copied without the index") {
    std::filesystem::remove(path + "-shm");
    left = {"state", "state-wal"};
  }
  const std::string log = content("state-wal");
  CHECK(count() == 2);
  CHECK(files() == left);
  CHECK(content("state-wal") == log);
  CHECK(position_database(path).load().generations.size() == 2);
}

TEST_CASE_METHOD(reading_story, "reading in a directory that cannot be written") {
  run_and_be_killed();
  std::size_t expected = 2;
  SECTION("after an orderly end") {}
  SECTION("after a kill") {
    put_left_files_back();
  }
  SECTION("after a kill, without the index") {
    put_left_files_back();
    std::filesystem::remove(path + "-shm");
  }
  SECTION("all of it read-only") {
    put_left_files_back();
    for (const auto& name : files()) {
      permit(name, 0400);
    }
  }
  const names before = files();
  give_away();
  permit("", 0500);
  {
    const ordinary_user user;
    CHECK(count() == expected);
  }
  CHECK(files() == before);
  permit("", 0700);
}
