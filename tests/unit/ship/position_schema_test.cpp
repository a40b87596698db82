#include "state_story.hpp"

#include <logpipe/ship/position_schema.hpp>

#include <catch2/catch.hpp>

#include <array>

using namespace logpipe;
using namespace logpipe::ship;
using namespace logpipe::ship::testing;
using test::some_generation;

namespace {

void add_color(database& in) {
  in.run("ALTER TABLE generations ADD COLUMN color TEXT NOT NULL DEFAULT 'red'");
}
void fail(database& in) {
  in.run("ALTER TABLE generations ADD COLUMN shape");
  in.run("no SQL");
}

struct schema_story : state_story {
  schema_step first = position_schema().steps[0];

  static state_schema schema_of(std::span<const schema_step> steps) {
    state_schema schema = position_schema();
    schema.steps = steps;
    return schema;
  }
  void bring_up(std::span<const schema_step> steps) const {
    database opened(path, database::mode::write);
    bring_up_to_date(opened, path, schema_of(steps));
  }
  std::string asked(const std::string& name, const std::string& sql) const {
    return database(directory / name, database::mode::read).text_of(sql);
  }
};

}  // namespace

TEST_CASE_METHOD(schema_story, "an older version is brought up to date, and a copy stays") {
  keep({some_generation(1), some_generation(2)});
  bring_up(std::array{first, schema_step{add_color}});
  CHECK(asked("state", "PRAGMA user_version") == "2");
  CHECK(asked("state", "SELECT group_concat(color) FROM generations") == "red,red");
  CHECK(permissions("state.v1") == 0600);
  CHECK_FALSE(is_there("state.v1.new"));
  path = directory / "state.v1";
  CHECK(position_database(path).load().generations.size() == 2);
}

TEST_CASE_METHOD(schema_story, "several steps are made at once; the copy is of the first version") {
  make_state_file(path, schema_of({}));
  const std::string before = content();
  CHECK_THROWS_WITH(read_positions(path), Catch::Contains("is of version 0, and not brought up"));
  CHECK(content() == before);
  bring_up(std::array{first, schema_step{add_color}});
  CHECK(asked("state", "PRAGMA user_version") == "2");
  CHECK(asked("state.v0", "PRAGMA user_version") == "0");
  CHECK_FALSE(is_there("state.v1"));
}

TEST_CASE_METHOD(schema_story, "a file of version 0 is brought up when it is opened") {
  make_state_file(path, schema_of({}));
  CHECK(position_database(path).load().generations.empty());
  CHECK(is_there("state.v0"));
}

TEST_CASE_METHOD(schema_story, "a step that fails leaves the version as it was") {
  keep({some_generation(1)});
  CHECK_THROWS_AS(bring_up(std::array{first, schema_step{add_color}, schema_step{fail}}),
                  database_error);
  CHECK(asked("state", "PRAGMA user_version") == "1");
  CHECK(position_database(path).load().generations.size() == 1);
  SECTION("and another try makes the copy anew") {
    write("state.v1.new", "half a copy");
    bring_up(std::array{first, schema_step{add_color}});
    CHECK(asked("state.v1", "SELECT count(*) FROM generations") == "1");
  }
}

TEST_CASE_METHOD(schema_story, "a file that is up to date is not copied") {
  keep({some_generation(1)});
  bring_up(position_schema().steps);
  CHECK_FALSE(is_there("state.v1"));
}

TEST_CASE_METHOD(schema_story, "what stands there is never replaced") {
  write("state", "something");
  CHECK_THROWS_AS(make_state_file(path, position_schema()), state_error);
  CHECK(content() == "something");
}
