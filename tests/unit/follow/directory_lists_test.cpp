#include "temporary_directory.hpp"

#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/names/directory_lists.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

using texts = std::vector<std::string>;

namespace {

struct listed : temporary_directory {
  directory_lists lists;
  std::string directory() const { return std::filesystem::path(path()).parent_path(); }
  texts beginning_with(const std::string& prefix) {
    texts names;
    for (const auto& entry : lists.beginning_with(directory(), prefix)) {
      names.push_back(entry.name);
    }
    return names;
  }
  std::uint64_t inode(const std::string& name) const { return status_of(path(name))->id.inode; }
  /// So that a change is surely of a later time.
  void make_old() {
    const timespec times[2] = {{1000, 0}, {1000, 0}};
    REQUIRE(::utimensat(AT_FDCWD, directory().c_str(), times, 0) == 0);
  }
};

}  // namespace

TEST_CASE_METHOD(listed, "the names that begin so, in their order") {
  for (const auto* name : {"log", "log.2", "log.1", "lo", "mog", "log-1"}) {
    append("x", name);
  }
  std::filesystem::create_directory(path("log.d"));
  CHECK(beginning_with("log") == texts{"log", "log-1", "log.1", "log.2"});
  CHECK(beginning_with("log.2") == texts{"log.2"});
  CHECK(beginning_with("none").empty());
  CHECK(beginning_with("").size() >= 6);
}

TEST_CASE_METHOD(listed, "the files with a number, also through a link") {
  append("x", "one");
  append("x", "two");
  std::filesystem::create_hard_link(path("one"), path("again"));
  std::filesystem::create_symlink(path("two"), path("link"));
  const auto all = [&](const std::string& name) {
    auto paths = lists.with_inode(directory(), inode(name));
    std::sort(paths.begin(), paths.end());
    return paths;
  };
  CHECK(all("one") == texts{path("again"), path("one")});
  CHECK(all("two") == texts{path("link"), path("two")});
  CHECK(lists.with_inode(directory(), 1).empty());
}

TEST_CASE_METHOD(listed, "a directory that is not there cannot be listed") {
  CHECK(lists.can_list(directory()));
  CHECK_FALSE(lists.can_list(path("none")));
  CHECK(lists.beginning_with(path("none"), "").empty());
  CHECK(lists.with_inode(path("none"), 1).empty());
  append("x");
  CHECK_FALSE(lists.can_list(path()));
}

TEST_CASE_METHOD(listed, "a directory is listed once, and again when it has changed") {
  append("x", "log.1");
  make_old();
  CHECK(beginning_with("log") == texts{"log.1"});
  CHECK_FALSE(lists.renew(directory()));
  rename("log.1", "log.2");
  CHECK(beginning_with("log") == texts{"log.1"});
  CHECK(lists.renew(directory()));
  CHECK(beginning_with("log") == texts{"log.2"});
  CHECK(lists.with_inode(directory(), inode("log.2")) == texts{path("log.2")});
}

TEST_CASE_METHOD(listed, "one that was changed just before may have changed unnoticed since") {
  append("x", "log.1");
  const auto later = std::filesystem::file_time_type::clock::now() + std::chrono::hours(1);
  std::filesystem::last_write_time(directory(), later);
  beginning_with("log");
  CHECK(lists.renew(directory()));
}

TEST_CASE_METHOD(listed, "what was not listed yet is new") {
  CHECK(lists.renew(directory()));
}

TEST_CASE("the directory of a path") {
  CHECK(directory_of("/var/log/app.log") == "/var/log");
  CHECK(directory_of("logs/app.log") == "logs");
  CHECK(directory_of("app.log") == ".");
  CHECK(directory_of("/app.log") == "/");
}
