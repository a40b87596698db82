// What inotify cannot do: files and directories are looked at instead.
#include "faults.hpp"
#include "follow_fixture.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <string>

using namespace std::chrono_literals;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

TEST_CASE_METHOD(follow_fixture, "without inotify files are polled, told once") {
  faults fault;
  SECTION("from the start") {
    fault.inotify_error = EMFILE;
    append("log", "one\n");
    follow("log");
  }
  SECTION("at its limit of watches") {
    fault.watch_error = GENERATE(ENOSPC, ENOMEM);
    append("log", "one\n");
    follow("log");
  }
  SECTION("at its limit in the middle") {
    append("log", "one\n");
    follow("log");
    fault.watch_error = ENOSPC;
  }
  append("log", "two\n");
  rename("log", "log.1");
  append("log", "three\n");
  step(10s);
  append("log", "four\n");
  step(3s);  // a file that was quiet is looked at every 2 s
  CHECK(took() == lines{"one", "two", "three", "four"});
  CHECK(told<watch_degraded>().size() == 1);
}

TEST_CASE_METHOD(follow_fixture,
                 "events that cannot be read: files are polled, without a busy loop") {
  faults fault;
  append("log", "one\n");
  follow("log");
  fault.events_error = EIO;
  append("log", "two\n");
  rename("log", "log.1");
  append("log", "three\n");
  step(10s);
  CHECK(took() == lines{"one", "two", "three"});
  REQUIRE(told<watch_degraded>().size() == 1);
  CHECK(told<watch_degraded>()[0].error == EIO);
  fault.event_reads = 0;
  step(1min);
  CHECK(fault.event_reads == 0);
}

TEST_CASE_METHOD(follow_fixture, "a tree with more directories than can be watched: all is found") {
  faults fault;
  fault.watch_error = ENOSPC;
  fault.watches_before = GENERATE(range<std::uint64_t>(0, 12));
  make_directory("d/a");
  append("d/a/log", "one\n");
  follow_all("d", file_pattern::kind::tree);
  make_directory("d/b");
  append("d/b/log", "two\n");
  step(3s);
  make_directory("d/b/c");
  append("d/b/c/log", "three\n");
  step(3s);
  append("d/a/log", "four\n");
  append("d/new", "five\n");
  step(3s);
  CHECK(took_all() == lines{"one", "four", "three", "two", "five"});
  CHECK(told<watch_degraded>().size() == 1);
}

TEST_CASE_METHOD(follow_fixture, "a pattern's events that overflow: files are found all the same") {
  append("a.log", "one\n");
  follow_all("*.log");
  std::size_t limit = 0;
  std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> limit;
  for (std::size_t i = 0; i <= limit / 2; ++i) {
    append("other", "");
    remove("other");
  }
  append("b.log", "two\n");
  step(300ms);
  CHECK(took("b.log") == lines{"two"});
  REQUIRE(told<watch_degraded>().size() == 1);
  CHECK(told<watch_degraded>()[0].error == 0);
  append("c.log", "three\n");
  append("a.log", "four\n");
  step(3s);
  CHECK(took_all() == lines{"one", "four", "three"});
}
