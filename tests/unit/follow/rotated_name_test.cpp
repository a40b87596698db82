#include "temporary_directory.hpp"

#include <logpipe/follow/names/rotated_name.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

using texts = std::vector<std::string>;

TEST_CASE("what follows a log's name in that of an earlier file") {
  const auto* number =
      GENERATE("1", "20261122", "2026-11-22", "20261122-153000", "2026-11-22T15_30");
  CHECK(rotation_number("app.log." + std::string(number), "app.log") == number);
  CHECK(rotation_number("app.log-" + std::string(number), "app.log") == number);
  for (const auto* other : {"app.log", "app.log.", "app.log.1.gz", "app.log.audit", "app.log.1-",
                            "app.log.1--2", "app.log.T1", "app.log1", "other.1"}) {
    CHECK(rotation_number(other, "app.log").empty());
  }
}

TEST_CASE("the logs that a name may be rotated from") {
  CHECK(rotated_from("/var/log/app.log.1") == texts{"/var/log/app.log"});
  CHECK(rotated_from("app.log-20261122") == texts{"app.log"});
  CHECK(rotated_from("app-1-2") == texts{"app", "app-1"});
  CHECK(rotated_from("/a/0.log.20261122-153000") == texts{"/a/0.log", "/a/0.log.20261122"});
  CHECK(rotated_from("/var/log/app.log").empty());
  CHECK(rotated_from("/var/log/app1").empty());
  CHECK(rotated_from("/var/log/.1").empty());
  CHECK(rotated_from("1").empty());
}

struct rotated_fixture : temporary_directory {
  texts beside(const std::string& log) {
    texts paths;
    for (auto& file : rotated_files(path(log))) {
      paths.push_back(std::move(file.path));
    }
    std::sort(paths.begin(), paths.end());
    return paths;
  }
};

TEST_CASE_METHOD(rotated_fixture, "the earlier files beside a log") {
  append("x", "log.1");
  append("x", "log.audit");
  append("x", "login.1");
  CHECK(beside("log") == texts{path("log.1")});
}

TEST_CASE_METHOD(rotated_fixture, "the earlier files beside what a link leads to") {
  const std::string target = "pods";
  std::filesystem::create_directory(path(target));
  append("x", "pods/0.log");
  append("x", "pods/0.log.20261122-153000");
  append("x", "link.1");
  std::filesystem::create_symlink(path("pods/0.log"), path("link"));
  CHECK(beside("link") == texts{path("link.1"), path("pods/0.log.20261122-153000")});
}
