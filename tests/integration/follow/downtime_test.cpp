// What followers find that are ended, and started again after the files went on.
#include "remembering.hpp"

#include <algorithm>
#include <support/compressed_text.hpp>

using namespace logpipe::follow;
using namespace logpipe::follow::testing;
using namespace std::chrono_literals;
using logpipe::test::compressed;

TEST_CASE_METHOD(remembering_follower, "a follower goes on where the one before was") {
  append("log", "one\n");
  follow("log");
  append("log", "two\n");
  step();
  end();
  append("log", "three\n");
  follow("log");
  append("log", "four\n");
  step();
  CHECK(took() == lines{"one", "two", "three", "four"});
}

TEST_CASE_METHOD(remembering_follower, "rotations while it runs and while it does not, in order") {
  append("log", "1\n");
  follow("log");
  append("log", "2\n");
  rename("log", "log.1");
  append("log", "3\n");
  step(20s);
  end();
  append("log", "4\n");
  rename("log.1", "log.3");
  rename("log", "log.2");
  append("log.1", "5\n");
  append("log", "6\n");
  follow("log");
  step(20s);
  append("log", "7\n");
  rename("log.3", "log.4");
  rename("log.2", "log.3");
  rename("log.1", "log.2");
  rename("log", "log.1");
  append("log", "8\n");
  step(20s);
  CHECK(took() == lines{"1", "2", "3", "4", "5", "6", "7", "8"});
  CHECK(told<generation_vanished>().empty());
  CHECK(told<rotated_out_of_sight>().empty());
}

TEST_CASE_METHOD(remembering_follower, "the last rotated file is watched for what comes late") {
  append("log", "1\n");
  writer old(path("log"));
  follow("log");
  end();
  rename("log", "log.1");
  append("log", "3\n");
  old.write("2\n");
  follow("log");
  step(20s);
  CHECK(took() == lines{"1", "2", "3"});
  old.write("late\n");
  step(20s);
  CHECK(took() == lines{"late"});
  end();
  old.write("later\n");
  follow("log");
  step(20s);
  CHECK(took() == lines{"later"});
}

TEST_CASE_METHOD(remembering_follower, "a run that was killed before it was asked goes on too") {
  append("log", "1\n");
  follow("log");
  append("log", "2\n");
  step(20s);
  end(false);
  append("log", "3\n");
  rename("log", "log.1");
  append("log", "4\n");
  follow("log");
  step(20s);
  CHECK(took() == lines{"1", "2", "3", "4"});
}

TEST_CASE_METHOD(remembering_follower, "where nothing is mounted yet nothing has vanished") {
  make_directory("volume");
  append("volume/log", "one\n");
  follow("volume/log");
  end();
  append("volume/log", "two\n");
  rename("volume/log", "volume/log.1");
  append("volume/log", "three\n");
  rename("volume", "unmounted");
  const bool is_empty_directory = GENERATE(true, false);
  if (is_empty_directory) make_directory("volume");
  follow("volume/log");
  step(20s);
  CHECK(told<generation_vanished>().empty());
  CHECK(took("volume/log") == lines{"one"});
  remove_directory("volume");
  rename("unmounted", "volume");
  step(20s);
  CHECK(took("volume/log") == lines{"two", "three"});
  CHECK(told<generation_vanished>().empty());
}

TEST_CASE_METHOD(remembering_follower, "a log that a pattern found, not mounted yet, goes on") {
  make_directory("volume");
  append("volume/a.log", "one\n");
  follow_all("volume/*.log");
  end();
  append("volume/a.log", "two\n");
  rename("volume/a.log", "volume/a.log.1");
  append("volume/a.log", "three\n");
  rename("volume", "unmounted");
  make_directory("volume");
  follow_all("volume/*.log");
  step(20s);
  CHECK(told<generation_vanished>().empty());
  remove_directory("volume");
  rename("unmounted", "volume");
  step(20s);
  CHECK(took("volume/a.log") == lines{"one", "two", "three"});
  CHECK(told<generation_vanished>().empty());
}

TEST_CASE_METHOD(remembering_follower, "a log whose place is empty for good tells what is lost") {
  append("log", "one\n");
  follow("log");
  end();
  append("log", "two\n");
  remove("log");
  follow("log");
  step(20s);
  CHECK(told<generation_vanished>().empty());
  append("log", "three\n");
  step(20s);
  CHECK(told<generation_vanished>().size() == 1);
  CHECK(took() == lines{"one", "three"});
}

TEST_CASE_METHOD(remembering_follower, "while a part of the past cannot be seen the log goes on") {
  make_directory("old");
  options.rotated = {path("old/*")};
  append("log", "one\n");
  follow("log");
  append("log", "two\n");
  rename("log", "old/log-1");
  append("log", "three\n");
  step(20s);
  took();
  subject().hold(0, true);
  append("old/log-1", "late\n");
  step(20s);
  end();
  rename("old", "unmounted");
  follow("log");
  append("log", long_text("four"));
  step(20s);
  CHECK(took().size() == 200);
  copy("log", "log.1");
  rewrite("log", "five\n");
  step(20s);
  rename("log", "log.2");
  append("log", "six\n");
  step(20s);
  CHECK(took() == lines{"five", "six"});
  CHECK(told<generation_vanished>().empty());
  end();
  rename("unmounted", "old");
  follow("log");
  step(20s);
  CHECK(took() == lines{"late"});
}

TEST_CASE_METHOD(remembering_follower, "a name that no run would find is told once") {
  append("log.txt", "one\n");
  follow("log.txt");
  rename("log.txt", "20261122093000.txt");
  append("log.txt", "two\n");
  step(20s);
  rename("log.txt", "20261122093001.txt");
  append("log.txt", "three\n");
  step(20s);
  const auto warned = told<rotated_out_of_sight>();
  REQUIRE(warned.size() == 1);
  CHECK(warned[0].path == path("log.txt"));
  CHECK(warned[0].old_name == path("20261122093000.txt"));
  CHECK(warned[0].pattern == path("[0-9]*.txt"));
  end();
  options.rotated = {warned[0].pattern};
  rename("log.txt", "20261122093002.txt");
  append("20261122093003.txt", "four\n");
  append("log.txt", "five\n");
  follow("log.txt");
  step(20s);
  rename("log.txt", "20261122093004.txt");
  append("log.txt", "six\n");
  step(20s);
  CHECK(took("log.txt") == lines{"one", "two", "three", "four", "five", "six"});
  CHECK(told<rotated_out_of_sight>().empty());
}

TEST_CASE_METHOD(remembering_follower, "what was compressed meanwhile goes on where it was read") {
  append("log", long_text("first"));
  follow("log");
  end();
  took();
  const std::string second = "second\n";
  append("log", second);
  remove("log");
  append("log.2.gz", compressed(compression::gzip, long_text("first") + second));
  append("log.1.gz", compressed(compression::gzip, "third\n"));
  append("log", "fourth\n");
  follow("log");
  step(20s);
  CHECK(took() == lines{"second", "third", "fourth"});
  CHECK(told<generation_vanished>().empty());
  end();
  follow("log");
  step(20s);
  CHECK(took().empty());
}

TEST_CASE_METHOD(remembering_follower, "what is compressed while it is caught up is given once") {
  append("log", long_text("first"));
  follow("log");
  end();
  took();
  append("log", "second\n");
  rename("log", "log.2");
  append("log.1", "third\n");
  append("log", "fourth\n");
  // Its compression has begun, and is not complete.
  const auto whole = compressed(compression::gzip, long_text("first") + "second\n");
  append("log.2.gz", whole.substr(0, whole.size() / 2));
  subject().add(path("log"), now());
  subject().look(now());
  append("log.2.gz", whole.substr(whole.size() / 2));
  remove("log.2");
  step(20s);
  CHECK(took() == lines{"second", "third", "fourth"});
  end();
  follow("log");
  step(20s);
  CHECK(took().empty());
  CHECK(told<damaged>().empty());
  CHECK(told<generation_vanished>().empty());
}

TEST_CASE_METHOD(remembering_follower,
                 "a compressed file of before the first start is never read") {
  append("log.2.gz", compressed(compression::gzip, long_text("old")));
  append("log.1", long_text("older"));
  append("log", "one\n");
  follow("log");
  end();
  SECTION("though it becomes another file") {
    copy("log.2.gz", "log.3.gz");
    remove("log.2.gz");
  }
  SECTION("nor one that is compressed since") {
    remove("log.1");
    append("log.1.gz", compressed(compression::gzip, long_text("older")));
  }
  follow("log");
  step(20s);
  end();
  follow("log");
  step(20s);
  CHECK(took() == lines{"one"});
}
