#include "temporary_directory.hpp"

#include <logpipe/follow/names/earlier_files.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

using texts = std::vector<std::string>;

namespace {

struct earlier : temporary_directory {
  std::string log = "log";
  texts rotated;
  /// How many minutes before the test the file was changed last.
  void file(const std::string& name, int age = 0) {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    append("x", name);
    std::filesystem::last_write_time(path(name), m_start - std::chrono::minutes(age));
  }
  /// Their names, oldest first.
  texts files() {
    directory_lists lists;
    texts names;
    const std::string directory = path("");
    for (const auto& each : earlier_files(path(log), rotated, lists)) {
      REQUIRE(each.path.starts_with(directory));
      names.push_back(each.path.substr(directory.size()));
    }
    return names;
  }

private:
  std::filesystem::file_time_type m_start = std::filesystem::file_time_type::clock::now();
};

}  // namespace

TEST_CASE_METHOD(earlier, "numbers descend") {
  for (const auto* name :
       {"log", "log.1", "log.2", "log.10", "log.9", "log.audit", "log1", "x.1"}) {
    file(name);
  }
  CHECK(files() == texts{"log.10", "log.9", "log.2", "log.1"});
}

TEST_CASE_METHOD(earlier, "dates ascend") {
  for (const auto* name :
       {"log-20261122", "log-20261120", "log-20261121-101500", "log.2026-11-19"}) {
    file(name);
  }
  CHECK(files() == texts{"log.2026-11-19", "log-20261120", "log-20261121-101500", "log-20261122"});
}

TEST_CASE_METHOD(earlier, "times decide where they say something else") {
  file("log.1", 30);
  file("log.2", 20);
  file("log.3", 10);
  CHECK(files() == texts{"log.1", "log.2", "log.3"});
}

TEST_CASE_METHOD(earlier, "times decide between numbers and dates") {
  file("log.1", 10);
  file("log-20261120", 20);
  file("log.2", 30);
  CHECK(files() == texts{"log.2", "log-20261120", "log.1"});
}

TEST_CASE_METHOD(earlier, "compressed ones have their place among the others") {
  file("log.1");
  file("log.2.gz");
  file("log.3.zst");
  file("log.4.zip");
  CHECK(files() == texts{"log.3.zst", "log.2.gz", "log.1"});
  directory_lists lists;
  const auto all = earlier_files(path(log), {}, lists);
  CHECK(all[0].compressed);
  CHECK_FALSE(all[2].compressed);
}

TEST_CASE_METHOD(earlier, "directories and what leads nowhere are none") {
  std::filesystem::create_directory(path("log.1"));
  file("log.2");
  file("elsewhere");
  std::filesystem::create_symlink(path("elsewhere"), path("log.3"));
  CHECK(files() == texts{"log.3", "log.2"});
}

TEST_CASE_METHOD(earlier, "one that goes when its directory has been listed is among them") {
  file("log.1");
  directory_lists lists;
  lists.can_list(std::filesystem::path(path(log)).parent_path());
  remove("log.1");
  const auto all = earlier_files(path(log), {}, lists);
  REQUIRE(all.size() == 1);
  CHECK(all[0].path == path("log.1"));
}

TEST_CASE_METHOD(earlier, "beside a link, and beside what it leads to") {
  file("pods/0.log");
  file("pods/0.log.20261122-153000", 10);
  file("log.1", 20);
  std::filesystem::create_symlink(path("pods/0.log"), path("log"));
  CHECK(files() == texts{"log.1", "pods/0.log.20261122-153000"});
}

TEST_CASE_METHOD(earlier, "globs take the place of the usual names") {
  file("log.1");
  file("old/log-b-2");
  file("old/log-a-1");
  file("old/other-3");
  rotated = {path("old/{name}-*")};
  CHECK(files() == texts{"old/log-b-2", "old/log-a-1"});
}

TEST_CASE_METHOD(earlier, "a relative glob counts from the log's directory") {
  file("sub/old/log-1");
  file("sub/log");
  log = "sub/log";
  rotated = {"old/*"};
  CHECK(files() == texts{"sub/old/log-1"});
}

TEST_CASE_METHOD(earlier, "a glob may hold the path, braces, and wildcards in directories") {
  file("log-7");
  file("2026/11/log");
  file("2026/12/log");
  SECTION("the path") {
    rotated = {"{path}-?"};
    CHECK(files() == texts{"log-7"});
  }
  SECTION("braces") {
    rotated = {"2026/{11,12}/{name}"};
    CHECK(files() == texts{"2026/11/log", "2026/12/log"});
  }
  SECTION("directories") {
    rotated = {"*/*/{name}"};
    CHECK(files().size() == 2);
  }
}

TEST_CASE_METHOD(earlier, "what two globs match is there once, the log itself never") {
  file("log");
  file("log.1");
  rotated = {path("log*"), path("*.1")};
  CHECK(files() == texts{"log.1"});
}

TEST_CASE_METHOD(earlier, "hidden files are not matched by a wildcard") {
  file(".swp.1");
  file("log.1");
  rotated = {"*.1"};
  CHECK(files() == texts{"log.1"});
}

TEST_CASE_METHOD(earlier, "characters of globs in a log's name stand for themselves") {
  log = "a[1]*{x,y}.log";
  file(log + ".1");
  file("a1bx.log.1");
  CHECK(files() == texts{log + ".1"});
  rotated = {"{name}.?"};
  CHECK(files() == texts{log + ".1"});
  rotated = {"{path}.?"};
  CHECK(files() == texts{log + ".1"});
}

TEST_CASE("a glob that matches names like one that no pattern finds") {
  CHECK(pattern_for("/l/log.txt", "/l/20261122093000.txt") == "/l/[0-9]*.txt");
  CHECK(pattern_for("/l/log", "/l/old/log.1") == "/l/old/log.[0-9]*");
  CHECK(pattern_for("/l/log", "/l/[old]2*") == "/l/\\[old\\][0-9]*\\*");
  CHECK(pattern_for("/l/log", "/l/log.1").empty());
  CHECK(pattern_for("/l/log", "/l/log-20261122.gz").empty());
}

TEST_CASE_METHOD(earlier, "a name is out of sight unless a glob was told for it") {
  file("20261122.txt");
  log = "log.txt";
  const std::string old = path("20261122.txt");
  CHECK(out_of_sight(path(log), old, {}) == path("[0-9]*.txt"));
  CHECK(out_of_sight(path(log), old, {path("[0-9]*.txt")}) == std::nullopt);
  CHECK(out_of_sight(path(log), old, {path("other*")}) == path("[0-9]*.txt"));
  CHECK(out_of_sight(path(log), path("log.txt.1"), {}) == std::nullopt);
}
