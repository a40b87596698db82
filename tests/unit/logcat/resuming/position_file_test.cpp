#include "logcat/resuming/position_file.hpp"

#include <logpipe/base/state/state_file.hpp>
#include <logpipe/ship/position_database.hpp>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <filesystem>
#include <support/temp_directory.hpp>

using namespace logpipe;
using namespace logpipe::logcat;

namespace {

constexpr record_mark last{.offset = 41, .timestamp = 1000, .hash = 0xffffffffffffffff};

struct file_story {
  test::temp_directory directory;
  std::string path = directory / "state";

  void keep(const std::string& cluster, const std::vector<partition_position>& positions) const {
    position_file file(path);
    file.use(cluster);
    file.reads("orders", 3);
    REQUIRE(file.keep(positions).empty());
  }
  kept_positions kept(const std::string& cluster) const {
    position_file file(path);
    return file.use(cluster);
  }
  /// As an operator might type it.
  void tamper(const std::string& sql) const { database(path, database::mode::write).run(sql); }
};

}  // namespace

TEST_CASE_METHOD(file_story, "what is kept is there for the next run, of its cluster") {
  keep("one", {{"orders", 0, {.next = 42, .last = last}}, {"orders", 2, {.next = 7, .last = {}}}});
  keep("two", {{"orders", 0, {.next = 5, .last = {}}}});
  const auto found = kept("one");
  REQUIRE(found.find("orders", 0) != nullptr);
  CHECK(*found.find("orders", 0) == kept_position{.next = 42, .last = last});
  CHECK(*found.find("orders", 2) == kept_position{.next = 7, .last = {}});
  CHECK(found.partitions_of("orders") == 3);
  CHECK(kept("two").find("orders", 0)->next == 5);
  CHECK(kept("three").partitions.empty());
}

TEST_CASE_METHOD(file_story, "a position replaces the one before and leaves the others") {
  keep("one", {{"orders", 0, {.next = 1, .last = {}}}, {"orders", 1, {.next = 2, .last = {}}}});
  keep("one", {{"orders", 0, {.next = 3, .last = {}}}});
  CHECK(kept("one").find("orders", 0)->next == 3);
  CHECK(kept("one").find("orders", 1)->next == 2);
}

TEST_CASE_METHOD(file_story, "the file is its owner's alone") {
  keep("one", {});
  struct stat found {};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 07777) == 0600);
}

TEST_CASE_METHOD(file_story, "a row that was changed is damage, also one of another cluster") {
  keep("one", {{"orders", 0, {.next = 42, .last = last}}});
  SECTION("a position") {
    tamper("UPDATE positions SET next = 50");
  }
  SECTION("a topic") {
    tamper("UPDATE topics SET partitions = 1");
  }
  CHECK_THROWS_WITH(position_file(path), Catch::Contains("does not fit its checksum"));
  CHECK_THROWS_AS(position_file(path), state_error);
}

TEST_CASE_METHOD(file_story, "logtail's positions are refused and left as they are") {
  { ship::position_database other(path); }
  CHECK_THROWS_WITH(position_file(path), Catch::Contains("is no database of topic positions"));
  CHECK(ship::position_database(path).load().generations.empty());
  std::filesystem::remove(path);
  keep("one", {});
  CHECK_THROWS_WITH(ship::position_database(path),
                    Catch::Contains("is no database of log positions"));
}

TEST_CASE_METHOD(file_story, "a file that is taken away meanwhile is not written any more") {
  position_file file(path);
  file.use("one");
  std::filesystem::remove(path);
  CHECK_THAT(file.keep({{"orders", 0, {.next = 1, .last = {}}}}), Catch::Contains("was removed"));
}
