#include "temporary_directory.hpp"

#include <logpipe/follow/names/own_files.hpp>

#include <catch2/catch.hpp>

#include <filesystem>

using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

namespace {

struct own_files_fixture : temporary_directory {
  own_files ours;
  bool contains(const std::string& name) const {
    return ours.contains(path(name), *status_of(path(name)));
  }
};

}  // namespace

TEST_CASE_METHOD(own_files_fixture, "a path that is ours stays so when its file is replaced") {
  ours.add(path("metrics"));
  append("x", "metrics");
  append("x", "log");
  CHECK(contains("metrics"));
  CHECK_FALSE(contains("log"));
  append("y", "new");
  rename("new", "metrics");
  CHECK(contains("metrics"));
}

TEST_CASE_METHOD(own_files_fixture, "by another name it is ours too") {
  ours.add(path("state"));
  append("x", "state");
  std::filesystem::create_hard_link(path("state"), path("hard"));
  std::filesystem::create_symlink("state", path("soft"));
  CHECK(contains("hard"));
  CHECK(contains("soft"));
  CHECK(contains("../" + std::filesystem::path(path(".")).parent_path().filename().native() +
                 "/state"));
}

TEST_CASE_METHOD(own_files_fixture, "an open file that is ours") {
  append("x", "stderr");
  ours.add(status_of(open("stderr").get()).id);
  CHECK(contains("stderr"));
  rename("stderr", "stderr.1");
  CHECK(contains("stderr.1"));
}
