#include "temporary_directory.hpp"

#include <logpipe/follow/names/places.hpp>

#include <catch2/catch.hpp>

#include <filesystem>

using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;
namespace fs = std::filesystem;

namespace {

struct places_fixture : temporary_directory {
  watcher watches{true};

  bool hinted() {
    std::vector<watch_hint> hints;
    watches.take(hints);
    return !hints.empty();
  }
};

}  // namespace

TEST_CASE_METHOD(places_fixture, "the file's directory, and the file's name in it") {
  places where(watches, path("log"), 0);
  where.watch_now();
  CHECK(where.watched());
  append("x", "other");
  CHECK_FALSE(hinted());
  append("x", "log");
  CHECK(hinted());
}

TEST_CASE_METHOD(places_fixture, "the nearest directory that exists") {
  places where(watches, path("a/b/log"), 0);
  where.watch_now();
  fs::create_directory(path("a"));
  CHECK(hinted());
  where.watch_now();
  fs::create_directory(path("a/b"));
  CHECK(hinted());
  where.watch_now();
  append("x", "a/b/log");
  CHECK(hinted());
}

TEST_CASE_METHOD(places_fixture, "a link's directory and its target's") {
  fs::create_directory(path("d"));
  fs::create_symlink("d/target", path("log"));
  places where(watches, path("log"), 0);
  where.watch_now();
  append("x", "d/target");
  CHECK(hinted());
  fs::remove(path("log"));
  CHECK(hinted());
}

TEST_CASE_METHOD(places_fixture, "a link on the way is switched") {
  fs::create_directories(path("v1/logs"));
  fs::create_directories(path("v2/logs"));
  fs::create_directory_symlink("v1", path("current"));
  places where(watches, path("current/logs/app.log"), 0);
  where.watch_now();
  CHECK(where.watched());
  fs::create_directory_symlink("v2", path("new"));
  CHECK_FALSE(hinted());
  fs::rename(path("new"), path("current"));
  CHECK(hinted());
  where.watch_now();
  append("x", "v1/logs/app.log");
  CHECK_FALSE(hinted());
  append("x", "v2/logs/app.log");
  CHECK(hinted());
}

TEST_CASE_METHOD(places_fixture, "links in a circle are left") {
  fs::create_symlink("b", path("a"));
  fs::create_symlink("a", path("b"));
  places where(watches, path("a"), 0);
  where.watch_now();
  CHECK(where.watched());
}

TEST_CASE_METHOD(places_fixture, "a directory that has gone is noticed") {
  fs::create_directory(path("d"));
  places where(watches, path("d/log"), 0);
  where.watch_now();
  fs::rename(path("d"), path("e"));
  CHECK(hinted());
  CHECK_FALSE(where.watched());
  CHECK(watches.size() == 0);
}
