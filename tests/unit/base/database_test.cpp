#include <logpipe/base/database.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <support/temp_directory.hpp>

using namespace logpipe;

namespace {

struct database_fixture {
  test::temp_directory directory;
  std::string path = directory / "a #1?%20.db";

  database make() {
    database made(path, database::mode::create);
    made.run("CREATE TABLE things(number INTEGER PRIMARY KEY, name TEXT, data BLOB)");
    return made;
  }
};

template <typename Call>
std::optional<database_failure> failure_of(Call call) {
  try {
    call();
  } catch (const database_error& error) {
    return error.kind();
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE_METHOD(database_fixture, "what is bound is found in the columns, in another connection") {
  const std::string bytes("\0\xff\n", 3);
  const std::string not_utf8 = "\xc3(";
  make()
      .prepare("INSERT INTO things VALUES(?, ?, ?)")
      .bind(1, std::numeric_limits<std::uint64_t>::max())
      .bind(2, not_utf8)
      .bind_blob(3, bytes)
      .run();
  database other(path, database::mode::read);
  auto found = other.prepare("SELECT number, name, data FROM things");
  REQUIRE(found.step());
  CHECK(found.integer(0) == -1);
  CHECK(found.unsigned_integer(0) == std::numeric_limits<std::uint64_t>::max());
  CHECK(found.text(1) == not_utf8);
  CHECK(found.blob(2) == bytes);
  CHECK_FALSE(found.step());
}

TEST_CASE_METHOD(database_fixture, "nothing and an empty text are two things") {
  database subject = make();
  auto insert = subject.prepare("INSERT INTO things(name, data) VALUES(?, ?)");
  insert.bind(1, std::string_view()).bind_null(2).run();
  auto found = subject.prepare("SELECT name, data FROM things");
  REQUIRE(found.step());
  CHECK_FALSE(found.is_null(0));
  CHECK(found.text(0).empty());
  CHECK(found.is_null(1));
  CHECK(found.blob(1).empty());
}

TEST_CASE_METHOD(database_fixture, "a statement is used again, after its end and after an error") {
  database subject = make();
  auto insert = subject.prepare("INSERT INTO things(number) VALUES(?)");
  insert.bind(1, 1).run();
  CHECK_THROWS_AS(insert.run(), database_error);
  insert.bind(1, 2).run();
  CHECK(subject.integer_of("SELECT count(*) FROM things") == 2);
}

TEST_CASE_METHOD(database_fixture, "a transaction that is not committed has not been") {
  database subject = make();
  {
    transaction all(subject, transaction::kind::write);
    subject.run("INSERT INTO things(number) VALUES(1)");
  }
  CHECK(subject.integer_of("SELECT count(*) FROM things") == 0);
  {
    transaction all(subject, transaction::kind::write);
    subject.run("INSERT INTO things(number) VALUES(1)");
    all.commit();
  }
  CHECK(subject.integer_of("SELECT count(*) FROM things") == 1);
  CHECK_FALSE(subject.in_transaction());
}

TEST_CASE_METHOD(database_fixture, "the second writer is told that there is another") {
  database subject = make();
  const transaction first(subject, transaction::kind::write);
  database other(path, database::mode::write);
  CHECK(failure_of([&] { const transaction second(other, transaction::kind::write); }) ==
        database_failure::busy);
}

TEST_CASE_METHOD(database_fixture, "a failure says of what, why, and what kind it is") {
  SECTION("not there") {
    CHECK(failure_of([&] { database(path, database::mode::write); }) ==
          database_failure::cannot_open);
    CHECK_THROWS_WITH(database(path, database::mode::read), Catch::Contains(path) &&
                                                                Catch::Contains("SQLite 14") &&
                                                                Catch::Contains("No such file"));
  }
  SECTION("something else") {
    std::ofstream(path) << std::string(5000, 'x');
    database subject(path, database::mode::write);
    CHECK(failure_of([&] { subject.integer_of("PRAGMA user_version"); }) ==
          database_failure::not_database);
  }
  SECTION("read only") {
    make();
    database subject(path, database::mode::read);
    CHECK(failure_of([&] { subject.run("DELETE FROM things"); }) == database_failure::read_only);
  }
  SECTION("wrong SQL") {
    database subject = make();
    CHECK(failure_of([&] { subject.run("DELETE FROM thongs"); }) == database_failure::other);
    CHECK_THROWS_WITH(subject.prepare("SELECT x"), Catch::Contains("no such column"));
  }
  SECTION("no row where one was wanted") {
    database subject = make();
    CHECK_THROWS_AS(subject.integer_of("SELECT number FROM things"), database_error);
  }
}

TEST_CASE_METHOD(database_fixture, "a database knows when its path has gone elsewhere") {
  database subject = make();
  CHECK_FALSE(subject.has_moved());
  REQUIRE(std::remove(path.c_str()) == 0);
  CHECK(subject.has_moved());
}

TEST_CASE_METHOD(database_fixture, "the application's number is read from the file itself") {
  make().run("PRAGMA application_id = 0x61234567");
  CHECK(database(path, database::mode::read_alone).application_id() == 0x61234567);
  std::ofstream(path) << "SQLite format 2";
  database other(path, database::mode::read_alone);
  CHECK(failure_of([&] { other.application_id(); }) == database_failure::not_database);
}

TEST_CASE_METHOD(database_fixture, "reading alone makes nothing beside the file") {
  make().run("PRAGMA journal_mode=WAL");
  database subject(path, database::mode::read_alone);
  CHECK(subject.integer_of("SELECT count(*) FROM things") == 0);
  CHECK_FALSE(std::ifstream(path + "-shm").is_open());
}
