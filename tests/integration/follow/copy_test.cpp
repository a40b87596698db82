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

struct copies_fixture : either_mode {
  std::string text;
  lines expected;

  /// Writes so many lines, no two alike, to the log, the copies of which are the test's subject.
  void write_lines(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string line = std::to_string(++m_count) + " a line of the log";
      append("app.log", line + "\n");
      text += line + "\n";
      expected.push_back(line);
    }
  }
  /// As logrotate's copytruncate does it.
  void copy_and_cut(const std::string& to) {
    copy("app.log", to);
    truncate("app.log");
    text.clear();
  }
  lines log_and(const std::string& name) {
    lines all = took(name);
    const lines log = took("app.log");
    all.insert(all.end(), log.begin(), log.end());
    return all;
  }

private:
  int m_count = 0;
};

}  // namespace

TEST_CASE_METHOD(copies_fixture, "copytruncate in a pattern sends nothing twice") {
  const int count = GENERATE(3, 200);  // shorter and longer than a fingerprint
  write_lines(count);
  follow_all("app.log*");
  for (int i = 0; i < 4; ++i) {
    for (int old = i; old > 0; --old) {
      rename("app.log." + std::to_string(old), "app.log." + std::to_string(old + 1));
    }
    copy_and_cut("app.log.1");
    step(GENERATE(1ms, 700ms, 10s));
    write_lines(count);
    step(10s);
  }
  step(20min);
  CHECK((took("app.log") == expected));
  CHECK(took_all().empty());
}

TEST_CASE_METHOD(copies_fixture, "what was not read when the file was cut comes from the copy") {
  const bool pattern = GENERATE(true, false);
  write_lines(100);
  if (pattern) {
    follow_all("app.log*");
  } else {
    follow("app.log");
  }
  write_lines(100);
  only_look(50ms);
  copy_and_cut("app.log.1");
  write_lines(2);
  step(20min);
  CHECK((took("app.log") == expected));
  CHECK(took_all().empty());
  REQUIRE(told<truncated>().size() == 1);
  CHECK(told<truncated>()[0].unread == 0);
}

TEST_CASE_METHOD(copies_fixture, "a copy in another place, its rest from there") {
  make_directory("old");
  write_lines(100);
  follow_all("**/*.log");
  write_lines(100);
  copy_and_cut("old/2026.log");
  write_lines(2);
  step(20min);
  lines all = took("app.log");
  std::sort(all.begin(), all.end());  // the cut file's new lines may come before the copy is found
  std::sort(expected.begin(), expected.end());
  CHECK((all == expected));
  CHECK(took_all().empty());
}

TEST_CASE_METHOD(copies_fixture, "a copy that is seen while it is being written") {
  write_lines(300);
  const std::string whole = text;
  follow_all("app.log*");
  const std::string name = GENERATE("app.log.1", "app.log-20261122", "app.log.bak");
  append(name, "");
  step(50ms);
  for (std::size_t at = 0; at < whole.size(); at += 2000) {
    append(name, whole.substr(at, 2000));
    step(150ms);
  }
  truncate("app.log");
  write_lines(2);
  step(20min);
  CHECK((took("app.log") == expected));
  CHECK(took_all().empty());
}

TEST_CASE_METHOD(copies_fixture,
                 "a copy of a log that is still there: nothing, until it holds what is its own") {
  write_lines(100);
  follow_all("*.log");
  copy("app.log", "copy.log");
  lines whole = expected;
  step(10s);
  CHECK(took("copy.log").empty());
  write_lines(3);
  step(10s);
  append("copy.log", "its own\n");
  step(10s);
  append("copy.log", "and more\n");
  step(10s);
  CHECK((took("app.log") == expected));
  whole.insert(whole.end(), {"its own", "and more"});
  CHECK((took("copy.log") == whole));
}

TEST_CASE_METHOD(copies_fixture, "logs that begin with the same long banner are whole") {
  follow_all("*.log");
  write_lines(100);
  const std::string banner = text;
  append("second.log", banner);
  append("third.log", banner);
  step(10s);
  append("second.log", "second's own\n");
  append("third.log", "third's own\n");
  write_lines(1);
  step(10s);
  CHECK((took("app.log") == expected));
  lines second(expected.begin(), expected.end() - 1);
  lines third = second;
  second.emplace_back("second's own");
  third.emplace_back("third's own");
  CHECK((took("second.log") == second));
  CHECK((took("third.log") == third));
}

TEST_CASE_METHOD(copies_fixture, "a copy under a rotated name that outlives its log") {
  write_lines(100);
  follow_all("app.log*");
  copy("app.log", "app.log.1");
  step(10s);
  remove("app.log");
  step(20min);
  CHECK((took("app.log") == expected));
  CHECK(took_all().empty());
  append("app.log.1", "more\n");
  step(10s);
  CHECK(took_all() == lines{"more"});
}

TEST_CASE_METHOD(copies_fixture, "a log that begins as another one did, and pauses there") {
  write_lines(100);
  const std::string banner = text;
  follow_all("*.log");
  write_lines(1);
  step(10s);
  append("second.log", banner);
  step(10s);
  append("second.log", "its own\n");
  step(10s);
  CHECK((took("app.log") == expected));
  lines second(expected.begin(), expected.end() - 1);
  second.emplace_back("its own");
  CHECK((took("second.log") == second));
}

TEST_CASE_METHOD(either_mode, "two logs that begin alike and later diverge are two logs") {
  const std::string same =
      GENERATE(std::string("start\n"), std::string("start\n") + std::string(2000, '-') + "\n");
  append("a.log", same + "one\n");
  follow_all("*.log");
  append("b.log", same + "two\n");
  step(10s);
  append("a.log", "three\n");
  append("b.log", "four\n");
  step(10s);
  CHECK(took("a.log").size() == took("b.log").size());
}

TEST_CASE_METHOD(either_mode, "lines that are all alike prove nothing") {
  std::string same;
  for (int i = 0; i < 1000; ++i) {
    same += "ok\n";
  }
  append("a.log", same);
  follow_all("*.log");
  append("b.log", same);
  step(10s);
  CHECK(took("a.log").size() == 1000);
  CHECK(took("b.log").size() == 1000);
}

TEST_CASE_METHOD(either_mode, "living neighbours of a log are logs of their own") {
  append("app.log", "one\n");
  follow_all("app.log*");
  append("app.log.audit", "one\n");
  append("app.log.7", "another\n");
  step(10s);
  CHECK(took("app.log") == lines{"one"});
  CHECK(took("app.log.audit") == lines{"one"});
  CHECK(took("app.log.7") == lines{"another"});
}

TEST_CASE_METHOD(either_mode, "a rotated file with the same lines is no copy of one that is cut") {
  append("log", "ok\nok\n");
  follow("log");
  rename("log", "log.1");
  append("log", "ok\n");
  step(20s);
  truncate("log");
  step(20s);
  append("log", "next\n");
  step();
  CHECK(took() == lines{"ok", "ok", "ok", "next"});
}

TEST_CASE_METHOD(either_mode, "an older file that begins as the log does is no copy of it") {
  append("log.1", "started\nread long ago\n");
  // Births are counted in ticks.
  do {
    std::filesystem::remove(path("log"));
    append("log", "started\n");
  } while (status_of(path("log"))->id.birth == status_of(path("log.1"))->id.birth);
  follow("log");
  truncate("log");
  step(20s);
  append("log", "next\n");
  step();
  CHECK(took() == lines{"started", "next"});
}
