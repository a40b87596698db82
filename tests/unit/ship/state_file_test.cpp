#include "state_story.hpp"

#include <catch2/catch.hpp>

#include <variant>

using namespace logpipe;
using namespace logpipe::ship;
using namespace logpipe::ship::testing;
using test::some_generation;

namespace {

struct refused_state : state_story {
  /// Opening it fails with one line that names the file and holds the text, and changes nothing.
  void check_refused(const std::string& text) const {
    const std::string before = content();
    CHECK_THROWS_WITH(position_database(path),
                      Catch::StartsWith(path) && Catch::Contains(text) && !Catch::Contains("\n"));
    CHECK_THROWS_AS(position_database(path), state_error);
    CHECK(content() == before);
  }
};

}  // namespace

TEST_CASE_METHOD(refused_state, "what is no state file is refused and left as it is") {
  SECTION("text") {
    write("state", std::string(5000, 'x'));
    check_refused("is no database; name another file");
  }
  SECTION("a few bytes") {
    write("state", "x");
    check_refused("is no database; name another file");
  }
  SECTION("nothing, which might be what is left of one") {
    write("state", "");
    check_refused("is empty, and no database; put a copy back, or remove it");
  }
  SECTION("a directory") {
    std::filesystem::create_directory(path);
    CHECK_THROWS_WITH(position_database(path),
                      Catch::Contains("is a directory; name a file in it"));
  }
  SECTION("a FIFO") {
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    CHECK_THROWS_WITH(position_database(path), Catch::Contains("is no regular file"));
  }
  SECTION("another program's database") {
    tamper("CREATE TABLE moz_places(url)");
    check_refused("is no database of log positions; name another file");
  }
  SECTION("another program's database with a log that waits") {
    tamper("PRAGMA journal_mode=WAL; CREATE TABLE a(b)");
    database other(path, database::mode::write);
    other.run("INSERT INTO a VALUES(1)");
    const std::string log = content("state-wal");
    check_refused("is no database of log positions; name another file");
    CHECK(content("state-wal") == log);
  }
  SECTION("one of a newer version") {
    keep({some_generation(1)});
    tamper("PRAGMA user_version = 2");
    check_refused("is of version 2, and this program knows 1; use a newer program");
    CHECK_THROWS_AS(read_positions(path), state_error);
  }
  SECTION("a log without its database") {
    write("state-wal", "something");
    check_refused("is missing, but " + path + "-wal is there; put it back, or remove that too");
    CHECK_FALSE(is_there("state"));
  }
}

TEST_CASE_METHOD(refused_state, "a state file that cannot be used by this user") {
  keep({some_generation(1)});
  give_away();
  SECTION("unreadable") {
    permit("state", 0000);
    const ordinary_user user;
    CHECK_THROWS_WITH(position_database(path), Catch::Contains("Permission denied; run as its"));
    CHECK_THROWS_WITH(read_positions(path), Catch::Contains("Permission denied"));
  }
  SECTION("read-only") {
    permit("state", 0400);
    const ordinary_user user;
    check_refused("Permission denied");
    CHECK(read_positions(path));
  }
  SECTION("in a directory that cannot be written") {
    permit("", 0500);
    const ordinary_user user;
    check_refused("files have to be made beside it: " + directory.path());
    CHECK_THROWS_AS(lock_state(path), state_error);
    CHECK(read_positions(path));
  }
  SECTION("in a directory that cannot be searched") {
    permit("", 0000);
    const ordinary_user user;
    CHECK_THROWS_WITH(position_database(path), Catch::Contains("Permission denied"));
    CHECK_THROWS_WITH(read_positions(path), Catch::Contains("Permission denied"));
  }
  permit("", 0700);
}

TEST_CASE_METHOD(refused_state, "a state file to be made where it cannot be") {
  SECTION("in no directory") {
    CHECK_THROWS_WITH(state_path(directory / "none/state"),
                      Catch::Contains("No such file or directory; make it"));
  }
  SECTION("in a directory that cannot be written") {
    permit("", 0500);
    give_away();
    const ordinary_user user;
    check_refused("files have to be made beside it");
  }
  SECTION("where something stands in the way") {
    std::filesystem::create_directory(path + ".new");
    check_refused(path + ".new: ");
  }
}

TEST_CASE_METHOD(state_story, "one file has one path, whatever leads to it") {
  const std::string real = std::filesystem::canonical(directory.path()) / "state";
  CHECK(state_path(path) == real);
  CHECK(state_path(directory / "./../" + directory.path().substr(directory.path().rfind('/') + 1) +
                   "/state") == real);
  std::filesystem::create_directory(directory / "links");
  std::filesystem::create_symlink("../state", directory / "links/one");
  std::filesystem::create_symlink(directory / "links/one", directory / "links/two");
  CHECK(state_path(directory / "links/two") == real);  // which is not there yet
  keep({some_generation(1)});
  CHECK(state_path(directory / "links/two") == real);
}

TEST_CASE_METHOD(state_story, "links that go round lead nowhere") {
  std::filesystem::create_symlink("state", path);
  CHECK_THROWS_AS(position_database(state_path(path)), state_error);
}

TEST_CASE_METHOD(state_story, "the lock is beside the file, and has one owner") {
  const auto mine = lock_state(path);
  REQUIRE(std::holds_alternative<file_lock>(mine));
  CHECK(permissions("state.lock") == 0600);
  const auto second = lock_state(path);
  REQUIRE(std::holds_alternative<file_lock::holder>(second));
  CHECK(std::get<file_lock::holder>(second).pid == ::getpid());
}

TEST_CASE_METHOD(state_story, "a lock file that is none is a state_error that names it") {
  std::filesystem::create_directory(path + ".lock");
  CHECK_THROWS_AS(lock_state(path), state_error);
  CHECK_THROWS_WITH(lock_state(path), Catch::StartsWith(path + ".lock: Is a directory"));
}

TEST_CASE_METHOD(state_story, "what a run left that was killed while it made the file is no harm") {
  write("state.new", "half a file");
  write("state.new-journal", "half a journal");
  keep({some_generation(1)});
  CHECK(read_positions(path)->generations.size() == 1);
  CHECK_FALSE(is_there("state.new-journal"));
}
