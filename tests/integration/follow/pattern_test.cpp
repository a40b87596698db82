#include "either_mode.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <string>

using namespace std::chrono_literals;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

namespace {

constexpr auto directory = file_pattern::kind::directory;
constexpr auto tree = file_pattern::kind::tree;

}  // namespace

TEST_CASE_METHOD(either_mode, "the files that a pattern matches, now and later") {
  append("a.log", "one\n");
  append("a.txt", "no\n");
  follow_all("*.log");
  CHECK(took("a.log") == lines{"one"});
  append("b.log", "two\n");
  step(600ms);
  CHECK(took("b.log") == lines{"two"});
  append("b.log", "three\n");
  step(600ms);
  CHECK(took("b.log") == lines{"three"});
  CHECK(took("a.txt").empty());
  REQUIRE(told<discovered>().size() == 2);
  CHECK(told<discovered>()[1].path == path("b.log"));
  CHECK(subject().path_of(told<discovered>()[1].source) == path("b.log"));
}

TEST_CASE_METHOD(either_mode, "where it says at the start, from the first byte later") {
  options.start.where = start_at::kind::end;
  append("a.log", "skipped\n");
  follow_all("*.log");
  append("a.log", "one\n");
  append("b.log", "two\n");
  step(600ms);
  CHECK(took("a.log") == lines{"one"});
  CHECK(took("b.log") == lines{"two"});
}

TEST_CASE_METHOD(either_mode, "a pattern that matches nothing is waited for") {
  follow_all("logs/**/*.log");
  REQUIRE(told<nothing_matches>().size() == 1);
  CHECK(told<nothing_matches>()[0].pattern == path("logs/**/*.log"));
  make_directory("logs");
  step(600ms);
  make_directory("logs/a/b");
  append("logs/a/b/x.log", "one\n");
  step(600ms);
  CHECK(took("logs/a/b/x.log") == lines{"one"});
}

TEST_CASE_METHOD(either_mode, "a directory's files, and those of its tree") {
  append("log", "not this\n");
  make_directory("d/sub");
  append("d/one", "one\n");
  append("d/sub/two", "two\n");
  const bool recursive = GENERATE(false, true);
  follow_all("d", recursive ? tree : directory);
  CHECK(took("d/one") == lines{"one"});
  CHECK(took("d/sub/two") == (recursive ? lines{"two"} : lines{}));
  make_directory("d/new");
  append("d/new/three", "three\n");
  step(600ms);
  CHECK(took("d/new/three") == (recursive ? lines{"three"} : lines{}));
  CHECK(took().empty());
}

TEST_CASE_METHOD(either_mode, "a directory that goes away and comes back") {
  make_directory("d/sub");
  append("d/sub/log", "one\n");
  follow_all("d", tree);
  remove_directory("d");
  step(10s);
  make_directory("d/sub");
  append("d/sub/log", "two\n");
  append("d/sub/other", "three\n");
  step(10s);
  CHECK(took("d/sub/log") == lines{"one", "two"});
  CHECK(took("d/sub/other") == lines{"three"});
}

TEST_CASE_METHOD(either_mode, "a directory is renamed: its lines are not sent again") {
  make_directory("d/a");
  append("d/a/log", "one\n");
  follow_all("d", tree);
  rename("d/a", "d/b");
  append("d/b/log", "two\n");
  append("d/b/new", "three\n");
  step(10s);
  CHECK(took_all() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(either_mode, "links to directories are followed, but not round in circles") {
  make_directory("d/sub");
  make_directory("elsewhere");
  link("../..", "d/sub/up");
  link(path("elsewhere"), "d/link");
  append("elsewhere/log", "one\n");
  append("d/sub/log", "two\n");
  follow_all("d", tree);
  append("elsewhere/log", "three\n");
  step(600ms);
  CHECK(took_all() == lines{"one", "three", "two"});
}

TEST_CASE_METHOD(either_mode, "what is left out, and what is ours") {
  options.exclude = {"*.gz", path("*/old.*")};
  append("a.log", "one\n");
  append("a.gz", "packed\n");
  make_directory("d");
  append("d/old.log", "old\n");
  append("metrics", "ours\n");
  append("stderr", "ours\n");
  subject().leave_out(path("metrics"));
  subject().leave_out(status_of(path("stderr"))->id);
  follow_all(".", tree);
  append("metrics.new", "ours too\n");
  rename("metrics.new", "metrics");
  step(10s);
  CHECK(took_all() == lines{"one"});
}

TEST_CASE_METHOD(either_mode, "two names for the same file, both matched: once") {
  append("a.log", "one\n");
  std::filesystem::create_hard_link(path("a.log"), path("b.log"));
  link("a.log", "c.log");
  follow_all("*.log");
  append("b.log", "two\n");
  step(10s);
  link("b.log", "d.log");
  append("a.log", "three\n");
  step(10s);
  CHECK(took_all() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(either_mode, "two patterns match the same file: once") {
  append("a.log", "one\n");
  follow_all("*.log");
  follow_all("a.*");
  follow("a.log");
  append("a.log", "two\n");
  step(10s);
  CHECK(took_all() == lines{"one", "two"});
}

TEST_CASE_METHOD(either_mode, "rotation within a pattern: all once") {
  append("app.log", "one\n");
  follow_all("app.log*");
  for (int i = 1; i <= 5; ++i) {
    for (int old = i - 1; old > 0; --old) {
      rename("app.log." + std::to_string(old), "app.log." + std::to_string(old + 1));
    }
    rename("app.log", "app.log.1");
    append("app.log", std::to_string(i) + "\n");
    step(7s);
  }
  step(10min);
  CHECK(took("app.log") == lines{"one", "1", "2", "3", "4", "5"});
  CHECK(took_all().empty());
  append("app.log.3", "late\n");
  step(10s);
  CHECK(took_all() == lines{"late"});
}

TEST_CASE_METHOD(either_mode, "the rotated names are sources themselves: all once") {
  append("app.log.2", "a\n");
  append("app.log.1", "b\n");
  append("app.log", "c\n");
  follow_all("app.log*");
  for (int i = 0; i < 3; ++i) {
    rename("app.log.2", "app.log.3");
    rename("app.log.1", "app.log.2");
    rename("app.log", "app.log.1");
    append("app.log", std::to_string(i) + "\n");
    step(10s);
  }
  step(20min);
  auto all = took_all();
  std::sort(all.begin(), all.end());
  CHECK(all == lines{"0", "1", "2", "a", "b", "c"});
}

TEST_CASE_METHOD(either_mode, "a file takes the name of another, both followed: all once") {
  append("a", "one\n");
  append("b", "two\n");
  follow_all("?");
  rename("a", "b");
  append("b", "three\n");
  step(20min);
  append("b", "four\n");
  step(10s);
  CHECK(took_all() == lines{"one", "three", "two", "four"});
}

TEST_CASE_METHOD(either_mode, "moved out of the pattern: its lines, until it is quiet") {
  append("a.log", "one\n");
  follow_all("*.log");
  rename("a.log", "gone");
  append("gone", "two\n");
  step(4min);
  append("gone", "three\n");
  step(4min);
  append("gone", "four\n");
  step(6min);
  CHECK(took("a.log") == lines{"one", "two", "three", "four"});
  REQUIRE(told<ended>().size() == 1);
  CHECK(told<ended>()[0].path == path("a.log"));
  append("gone", "not ours any more\n");
  rename("gone", "b.log");
  append("b.log", "five\n");
  step(10s);
  CHECK(took_all() == lines{"not ours any more", "five"});
}

TEST_CASE_METHOD(either_mode,
                 "a new name with every rotation: no more descriptors, no more sources") {
  append("app-0.log", "0\n");
  follow_all("app-*.log");
  step(10min);
  const auto descriptors = open_descriptors();
  for (int i = 1; i <= 200; ++i) {
    remove("app-" + std::to_string(i - 1) + ".log");
    append("app-" + std::to_string(i) + ".log", std::to_string(i) + "\n");
    step(2min);
  }
  CHECK(took_all().size() == 201);
  step(10min);
  CHECK(open_descriptors() == descriptors);
  CHECK(told<ended>().size() == 200);
}

TEST_CASE_METHOD(follow_fixture, "once: what is there, and a pattern without a match is no error") {
  options.once = true;
  append("a.log", "one\n");
  follow_all("*.log");
  follow_all("*.none");
  append("b.log", "two\n");
  step(600ms);
  CHECK(took_all() == lines{"one"});
  CHECK(subject().finished());
  REQUIRE(told<nothing_matches>().size() == 1);
  CHECK(told<nothing_matches>()[0].pattern == path("*.none"));
}

TEST_CASE_METHOD(either_mode, "compressed files are no sources of a pattern, also when they come") {
  append("app.log", "1\n");
  append("app.log.2.gz", "not a line\n");
  follow_all("app.log*");
  append("app.log.1.xz", "not a line\n");
  append("app.log", "2\n");
  step(20s);
  CHECK(took("app.log") == lines{"1", "2"});
  CHECK(took_all().empty());
}
