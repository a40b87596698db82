#include "temporary_directory.hpp"

#include <logpipe/follow/file/identity.hpp>

#include <catch2/catch.hpp>

#include <filesystem>
#include <system_error>

using namespace logpipe;
using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

TEST_CASE_METHOD(temporary_directory, "a file keeps its identity through renames and links") {
  append("text");
  const fd file = open();
  const identity id = status_of(file.get()).id;
  CHECK(status_of(path())->id == id);
  std::filesystem::create_symlink("file", path("link"));
  CHECK(status_of(path("link"))->id == id);
  rename("file", "other");
  CHECK(status_of(path("other"))->id == id);
  append("text");
  CHECK(status_of(path())->id != id);
}

TEST_CASE_METHOD(temporary_directory, "size, kind and links of a file") {
  append("12345");
  const fd file = open();
  CHECK(status_of(file.get()).size == 5);
  CHECK(status_of(file.get()).links == 1);
  remove();
  CHECK(status_of(file.get()).links == 0);
}

TEST_CASE_METHOD(temporary_directory, "no file is a value, other errors are thrown with the path") {
  CHECK_FALSE(status_of(path("none")));
  append("text");
  CHECK_FALSE(status_of(path("file/below")));
  const std::string too_long(5000, 'x');
  CHECK_THROWS_WITH(status_of(path(too_long)), Catch::Contains(too_long));
}

TEST_CASE_METHOD(temporary_directory, "the current name follows the file") {
  append("text");
  const fd file = open();
  CHECK(current_name(file.get()) == path());
  rename("file", "file (deleted)");
  CHECK(current_name(file.get()) == path("file (deleted)"));
  remove("file (deleted)");
  CHECK(current_name(file.get()).empty());
}
