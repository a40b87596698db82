// What a follower finds that goes on where an earlier one was.
#include "remembering.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace logpipe::follow;
using namespace logpipe::follow::testing;
using namespace std::chrono_literals;

TEST_CASE_METHOD(remembering, "a run goes on where the one before was") {
  append("log", "one\n");
  run();
  append("log", "two\n");
  run();
  CHECK(took() == lines{"one", "two"});
  run();
  CHECK(took().empty());
}

TEST_CASE_METHOD(remembering, "what was rotated meanwhile is finished first") {
  append("log", "one\n");
  run();
  append("log", "two\n");
  rename("log", "log.1");
  append("log", "three\n");
  run();
  CHECK(took() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(remembering, "files that came and went meanwhile are read in their order") {
  append("log", "one\n");
  run();
  append("log", "two\n");
  rename("log", "log.3");
  append("log.2", "three\n");
  append("log.1", "four\n");
  append("log", "five\n");
  run();
  CHECK(took() == lines{"one", "two", "three", "four", "five"});
  rename("log.3", "log.4");
  rename("log.2", "log.3");
  run();
  CHECK(took().empty());
}

TEST_CASE_METHOD(remembering, "dates ascend") {
  append("log", "one\n");
  run();
  rename("log", "log-20261120");
  append("log-20261121", "two\n");
  append("log-20261122", "three\n");
  append("log", "four\n");
  run();
  CHECK(took() == lines{"one", "two", "three", "four"});
}

TEST_CASE_METHOD(remembering, "a log between two files is waited for a moment") {
  append("log", "one\n");
  run();
  append("log", "two\n");
  rename("log", "log.1");
  follow("log");
  CHECK_FALSE(subject().finished());
  append("log", "three\n");
  step(100ms);
  CHECK(subject().finished());
  CHECK(told<unreadable>().empty());
  CHECK(took() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(remembering, "a log that does not come again is an error, its rest is given") {
  append("log", "one\n");
  run();
  append("log", "two\n");
  rename("log", "log.1");
  follow("log");
  step(1s);
  CHECK(subject().finished());
  CHECK(told<unreadable>().size() == 1);
  CHECK(took() == lines{"one", "two"});
}

TEST_CASE_METHOD(remembering, "what was there at the first start is never read") {
  append("log.2", "older\n");
  append("log.1", "old\n");
  append("log", "one\n");
  run();
  CHECK(took() == lines{"one"});
  rename("log.2", "log.3");
  rename("log.1", "log.2");
  rename("log", "log.1");
  append("log", "two\n");
  run();
  CHECK(took() == lines{"two"});
}

TEST_CASE_METHOD(remembering, "a copy of what was there at the first start is never read") {
  append("log.1", long_text("old"));
  append("log", "one\n");
  run();
  copy("log.1", "log.2");
  remove("log.1");
  run();
  CHECK(took() == lines{"one"});
}

TEST_CASE_METHOD(remembering, "what was cut meanwhile goes on in its copy") {
  append("log", long_text("first"));
  run();
  took();
  append("log", "two\n");
  copy("log", "log.1");
  rewrite("log", "three\n");
  run();
  CHECK(took() == lines{"two", "three"});
  CHECK(told<generation_vanished>().empty());
}

TEST_CASE_METHOD(remembering, "a short log's copy is known by its name") {
  append("log", "one\n");
  run();
  append("log", "two\n");
  copy("log", "log.1");
  rewrite("log", "three\n");
  run();
  CHECK(took() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(remembering, "a log that became another file goes on where it was") {
  append("log", long_text("restored"));
  run();
  took();
  append("log", "two\n");
  copy("log", "log.new");
  rename("log.new", "log");
  run();
  CHECK(took() == lines{"two"});
}

TEST_CASE_METHOD(remembering, "a log whose lines are all alike, replaced, is read whole") {
  append("log", "ok\nok\nok\n");
  run();
  took();
  copy("log", "log.new");
  append("log.new", "ok\n");
  rename("log.new", "log");
  run();
  CHECK(took() == lines{"ok", "ok", "ok", "ok"});
}

TEST_CASE_METHOD(remembering, "a file that has vanished is told once, with what is lost") {
  append("log", "one\nhalf");
  run();
  end();
  remove("log");
  append("log", "two\n");
  follow("log");
  const auto vanished = told<generation_vanished>();
  REQUIRE(vanished.size() == 1);
  CHECK(vanished[0].what.source == path("log"));
  CHECK(vanished[0].what.read.offset == 4);
  CHECK(vanished[0].lost == 4);
  CHECK(took() == lines{"one", "two"});
  end();
  follow("log");
  CHECK(told<generation_vanished>().empty());
}

TEST_CASE_METHOD(remembering, "an unfinished line waits for the next run") {
  append("log", "one\nha");
  run();
  CHECK(took() == lines{"one"});
  append("log", "lf\n");
  run();
  CHECK(took() == lines{"half"});
}

TEST_CASE_METHOD(remembering, "positions hold under any pattern") {
  append("a.log", "one\n");
  append("b.log", "eins\n");
  run_all("*.log");
  CHECK(took_all() == lines{"one", "eins"});
  append("a.log", "two\n");
  run_all("**/*.log");
  CHECK(took_all() == lines{"two"});
  append("b.log", "zwei\n");
  run("b.log");
  CHECK(took_all() == lines{"zwei"});
}

TEST_CASE_METHOD(remembering, "rotation within a pattern sends nothing twice") {
  append("log", "one\n");
  run_all("log*");
  append("log", "two\n");
  rename("log", "log.1");
  append("log", "three\n");
  run_all("log*");
  CHECK(took("log") == lines{"one", "two", "three"});
  CHECK(took_all().empty());
  rename("log.1", "log.2");
  rename("log", "log.1");
  append("log", "four\n");
  run_all("log*");
  CHECK(took_all() == lines{"four"});
}

TEST_CASE_METHOD(remembering,
                 "files of a pattern that are long, and done with, are not read again") {
  append("log.1", long_text("old"));
  append("log", long_text("first"));
  run_all("log*");
  CHECK(took_all().size() == 400);
  rename("log.1", "log.2");
  rename("log", "log.1");
  append("log", "one\n");
  run_all("log*");
  CHECK(took_all() == lines{"one"});
  copy("log.1", "log.3");
  append("log.2", "late\n");
  run_all("log*");
  CHECK(took_all() == lines{"late"});
  run_all("log*");
  CHECK(took_all().empty());
}

TEST_CASE_METHOD(remembering, "a log that was moved goes on under its new name") {
  append("log", "one\n");
  run();
  append("log", "two\n");
  rename("log", "moved");
  run_all("mov*");
  CHECK(took("moved") == lines{"two"});
}

TEST_CASE_METHOD(remembering, "a log that a pattern found is finished though it has no file now") {
  append("a.log", "one\n");
  run_all("*.log");
  append("a.log", "two\n");
  rename("a.log", "a.log.1");
  append("b.log", "other\n");
  run_all("*.log");
  CHECK(took("a.log") == lines{"one", "two"});
  CHECK(took("b.log") == lines{"other"});
}

TEST_CASE_METHOD(remembering, "names that were told are where earlier files are looked for") {
  options.rotated = {path("old/{name}-*")};
  make_directory("old");
  append("log", "one\n");
  run();
  rename("log", "old/log-x-1");
  append("old/log-x-2", "between\n");
  append("log", "two\n");
  run();
  CHECK(took() == lines{"one", "between", "two"});
}

TEST_CASE_METHOD(remembering, "a link whose target is rotated where it lies goes on") {
  make_directory("pods");
  append("pods/0.log", "one\n");
  link(path("pods/0.log"), "log");
  run();
  append("pods/0.log", "two\n");
  rename("pods/0.log", "pods/0.log.20261122-153000");
  append("pods/0.log", "three\n");
  run();
  CHECK(took() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(remembering, "two files that are renamed to each other's name go on") {
  append("a", "one\n");
  append("b", "eins\n");
  run_all("?");
  took_all();
  append("a", "two\n");
  rename("a", "c");
  rename("b", "a");
  run_all("?");
  CHECK(took_all() == lines{"two"});
}
