#include "either_mode.hpp"

#include <logpipe/follow/file/identity.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <string>

using namespace std::chrono_literals;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

namespace {

/// Until a file that is made is younger than this call; birth times are counted in ticks.
void await_later_births(const either_mode& files) {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const std::string probe = files.path("probe");
  do {
    std::filesystem::remove(probe);
    writer{probe};
  } while (status_of(probe)->id.birth <= std::chrono::nanoseconds(since_epoch).count());
}

}  // namespace

TEST_CASE_METHOD(either_mode, "the first file of a log is rotated before it was seen") {
  append("log.7", "older than the run\n");
  await_later_births(*this);
  follow("log");
  await_later_births(*this);
  append("log", "one\n");
  rename("log", "log.2");
  append("log", "two\n");
  rename("log", "log.1");
  append("log", "three\n");
  step(30s);
  CHECK(took() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(either_mode, "the old file is read to its end, then the new one") {
  writer old(path("log"));
  old.write("one\n");
  follow("log");
  rename("log", "log.1");
  old.write("two\n");
  append("log", "four\n");
  step(300ms);
  CHECK(took() == lines{"one", "two"});
  old.write("three\n");
  step(2s);
  CHECK(took() == lines{"three", "four"});
  REQUIRE(told<rotated>().size() == 1);
  CHECK(told<rotated>()[0].old_name == path("log.1"));
  CHECK(told<rotated>()[0].rest == 10);
  CHECK(told<waiting>().empty());
}

TEST_CASE_METHOD(follow_fixture, "the new file begins at once when the writer closes the old one") {
  writer old(path("log"));
  follow("log");
  rename("log", "log.1");
  step(100ms);
  old.write("one");
  old.close();
  append("log", "two\n");
  step(1ms);
  CHECK(took() == lines{"one", "two"});
}

TEST_CASE_METHOD(follow_fixture, "a close before the rotation says nothing about the writer") {
  writer old(path("log"));
  append("log", "one\nhal");
  follow("log");
  step(300ms);
  rename("log", "log.1");
  append("log", "two\n");
  step(3s);
  CHECK(took() == lines{"one"});
  old.write("f\n");
  step(2s);
  CHECK(took() == lines{"half", "two"});
}

TEST_CASE_METHOD(follow_fixture, "nor does one before the file is deleted") {
  writer old(path("log"));
  follow("log");
  append("log", "one\nhal");  // by another writer, who closes it
  step();
  remove("log");
  append("log", "two\n");
  step(3s);
  CHECK(took() == lines{"one"});
  old.write("f\n");
  step(2s);
  CHECK(took() == lines{"half", "two"});
}

TEST_CASE_METHOD(follow_fixture, "nor does one before a link is pointed elsewhere") {
  writer old(path("first"));
  append("second", "two\n");
  link("first", "log");
  follow("log");
  append("first", "one\nhal");
  relink("second", "log");
  step(3s);
  CHECK(took() == lines{"one"});
  old.write("f\n");
  step(2s);
  CHECK(took() == lines{"half", "two"});
}

TEST_CASE_METHOD(either_mode, "half a line in the old file, finished 3 s later: one record") {
  writer old(path("log"));
  old.write("hal");
  follow("log");
  step(1h);
  rename("log", "log.1");
  append("log", "new\n");
  step(3s);
  CHECK(took().empty());
  old.write("f\n");
  old.close();
  step(2s);
  CHECK(took() == lines{"half", "new"});
}

TEST_CASE_METHOD(either_mode, "half a line that nobody finishes: a record as it is") {
  writer old(path("log"));
  old.write("hal");
  follow("log");
  rename("log", "log.1");
  append("log", "new\n");
  step(4s);
  CHECK(took().empty());
  step(2s);
  CHECK(took() == lines{"hal", "new"});
}

TEST_CASE_METHOD(either_mode, "the writer stays in the old file: the new one within 10 s") {
  writer old(path("log"));
  follow("log");
  rename("log", "log.1");
  append("log", "new\n");
  for (int i = 0; i < 19; ++i) {
    old.write("old\n");
    step(500ms);
  }
  CHECK(took() == lines(19, "old"));
  old.write("old\n");
  step(1s);
  CHECK(took() == lines{"old", "new"});
  CHECK(told<late_lines>().empty());
  old.write("late\n");
  step();
  CHECK(took() == lines{"late"});
  REQUIRE(told<late_lines>().size() == 1);
  CHECK(told<late_lines>()[0].bytes == 5);
  CHECK(told<late_lines>()[0].old_name == path("log.1"));
}

TEST_CASE_METHOD(either_mode, "a rotated file that is still appended to, until it is quiet") {
  writer old(path("log"));
  old.write("one\n");
  follow("log");
  rename("log", "elsewhere");
  for (int i = 0; i < 10; ++i) {
    step(4min);
    old.write("more\n");
  }
  step();
  CHECK(took().size() == 11);
  const auto before = open_descriptors();
  step(6min);
  CHECK(open_descriptors() == before - 1);
}

TEST_CASE_METHOD(either_mode, "deleted and made again") {
  append("log", "one\n");
  follow("log");
  append("log", "two\n");
  remove("log");
  append("log", "one\n");
  step(5s);
  CHECK(took() == lines{"one", "two", "one"});
  REQUIRE(told<rotated>().size() == 1);
  CHECK(told<rotated>()[0].old_name.empty());
}

TEST_CASE_METHOD(either_mode, "deleted for a while, then made again") {
  append("log", "one\n");
  follow("log");
  remove("log");
  step(1min);
  CHECK(told<waiting>().size() == 1);
  append("log", "two\n");
  step();
  CHECK(took() == lines{"one", "two"});
  CHECK(told<opened>().size() == 1);
}

TEST_CASE_METHOD(either_mode, "replaced by rename with a file that begins alike") {
  append("log", "one\n");
  follow("log");
  append("log", "two\n");
  append("next", "one\ntwo\nthree\n");
  rename("next", "log");
  step(5s);
  CHECK(took() == lines{"one", "two", "one", "two", "three"});
}

TEST_CASE_METHOD(either_mode, "a link that is pointed at another file") {
  append("first", "one\n");
  append("second", "three\n");
  link("first", "log");
  follow("log");
  append("first", "two\n");
  relink("second", "log");
  step(5s);
  append("second", "four\n");
  step();
  CHECK(took() == lines{"one", "two", "three", "four"});
}

TEST_CASE_METHOD(either_mode, "a link's target rotates in its own directory") {
  make_directory("volume");
  append("volume/file", "one\n");
  link("volume/file", "log");
  follow("log");
  rename("volume/file", "volume/file.1");
  step();
  append("volume/file", "two\n");
  step(2s);
  append("volume/file", "three\n");
  step();
  CHECK(took() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(either_mode, "a link whose target does not exist yet") {
  link("volume/file", "log");
  follow("log");
  make_directory("volume");
  step();
  append("volume/file", "one\n");
  step();
  CHECK(took() == lines{"one"});
}

TEST_CASE_METHOD(either_mode, "moved away and back") {
  append("log", "one\n");
  follow("log");
  rename("log", "aside");
  append("aside", "two\n");
  step(20s);
  rename("aside", "log");
  append("log", "three\n");
  step();
  CHECK(took() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(either_mode, "several rotations before the reader wakes up") {
  append("log", "one\n");
  follow("log");
  for (const std::string content : {"two\n", "three\n", "four\n"}) {
    if (std::filesystem::exists(path("log.2"))) rename("log.2", "log.3");
    if (std::filesystem::exists(path("log.1"))) rename("log.1", "log.2");
    rename("log", "log.1");
    append("log", content);
  }
  step(20s);
  append("log", "five\n");
  step();
  CHECK(took() == lines{"one", "two", "three", "four", "five"});
  CHECK(told<rotated>().size() == 3);
}

TEST_CASE_METHOD(either_mode, "a link's target rotates several times before the reader wakes up") {
  make_directory("pods");
  append("pods/0.log", "1\n");
  link("pods/0.log", "log");
  follow("log");
  append("pods/0.log", "2\n");
  for (const auto* name : {"pods/0.log.20261122-101500", "pods/0.log.20261122-101600"}) {
    rename("pods/0.log", name);
    append("pods/0.log", std::string(name) + "\n");
  }
  step(20s);
  CHECK(took() == lines{"1", "2", "pods/0.log.20261122-101500", "pods/0.log.20261122-101600"});
}

TEST_CASE_METHOD(either_mode, "a file that was let go is not taken for a missed one") {
  // Made within a tick of the file system's clock, it seems no older than its successor.
  follow("log");
  const auto began = std::chrono::system_clock::now().time_since_epoch() / 1ns;
  const auto are_twins = [&] {
    const auto birth = status_of(path("log.20261122"))->id.birth;
    return birth > began && birth == status_of(path("log"))->id.birth;
  };
  for (int i = 0; i == 0 || (i < 1000 && !are_twins()); ++i) {
    std::filesystem::remove(path("log"));
    append("log", "one\n");
    rename("log", "log.20261122");
    append("log", "two\n");
  }
  step(6min);
  rename("log", "log.20261123");
  append("log", "three\n");
  rename("log", "log.20261124");
  append("log", "four\n");
  step(20s);
  CHECK(took() == lines{"one", "two", "three", "four"});
}

TEST_CASE_METHOD(either_mode, "a neighbour that was made between two looks is no old generation") {
  append("log", "one\n");
  follow("log");
  append("log.audit", "audit\n");
  append("log.pos", "12\n");
  append("other", "other\n");
  rename("log", "log.1");
  append("log", "two\n");
  step(20s);
  CHECK(took() == lines{"one", "two"});
}

TEST_CASE_METHOD(either_mode, "200 rotations leave no descriptors behind") {
  append("log", "0\n");
  follow("log");
  const auto before = open_descriptors();
  lines expected{"0"};
  for (int i = 1; i <= 200; ++i) {
    rename("log", "log." + std::to_string(i));
    expected.push_back(std::to_string(i));
    append("log", expected.back() + "\n");
    step(3s);
    REQUIRE(open_descriptors() <= before + 20);
  }
  CHECK(took() == expected);
  step(10min);
  CHECK(open_descriptors() == before);
}

TEST_CASE_METHOD(either_mode, "stop reads rotated files first, without waiting for their writers") {
  writer old(path("log"));
  old.write("one\n");
  follow("log");
  rename("log", "log.1");
  append("log", "three\n");
  old.write("two\n");
  subject().stop(now());
  drain();
  CHECK(took() == lines{"one", "two", "three"});
  CHECK(subject().finished());
}

TEST_CASE_METHOD(either_mode, "two names for one file: once") {
  append("log", "one\n");
  std::filesystem::create_hard_link(path("log"), path("hard"));
  link("log", "soft");
  follow("log");
  follow("hard");
  follow("soft");
  append("log", "two\n");
  step(10s);
  CHECK(took() == lines{"one", "two"});
  CHECK(took("hard").empty());
  CHECK(took("soft").empty());
}

TEST_CASE_METHOD(either_mode, "one followed file is moved onto another one's path: all once") {
  append("a", "a1\n");
  append("b", "b1\n");
  follow("a");
  follow("b");
  rename("a", "b");
  append("b", "a2\n");
  step(10s);
  append("a", "a3\n");
  step(10s);
  CHECK(took("a") == lines{"a1", "a2", "a3"});
  CHECK(took("b") == lines{"b1"});
  step(10min);
  append("b", "b2\n");
  step(10s);
  CHECK(took("b") == lines{"b2"});
}
