// What can go wrong while a log's past is looked for, and what that costs.
#include "faults.hpp"
#include "remembering.hpp"

#include <cerrno>
#include <support/compressed_text.hpp>
#include <utility>

using namespace logpipe::follow;
using namespace logpipe::follow::testing;
using namespace std::chrono_literals;
using logpipe::test::compressed;

namespace {

struct faulty_restart : remembering_follower {
  testing::faults faults;
  /// Done once, when the directory has been listed the next time.
  void when_listed(std::function<void()> happens) {
    faults.when_listed = [this, does = std::move(happens)] {
      const auto now = std::exchange(faults.when_listed, {});  // `does` lives in it
      does();
    };
  }
};

/// Many logs of one directory.
struct many_logs : remembering {
  static constexpr int logs = 500;
  testing::faults faults;
  static std::string log(int i) { return "a" + std::to_string(i) + ".log"; }
  void append_to_all(std::string_view text) {
    for (int i = 0; i < logs; ++i) {
      append(log(i), text);
    }
  }
  void rotate_all() {
    for (int i = 0; i < logs; ++i) {
      rename(log(i), log(i) + ".1");
    }
  }
};

}  // namespace

TEST_CASE_METHOD(faulty_restart, "an earlier file that cannot be read has not vanished") {
  append("log", "one\n");
  follow("log");
  end();
  append("log", "two\n");
  rename("log", "log.1");
  append("log", "three\n");
  faults.open_error = EACCES;
  faults.unopenable = "log.1";
  follow("log");
  step(20s);
  CHECK(told<unreadable>().size() == 1);
  CHECK(told<generation_vanished>().empty());
  CHECK(took() == lines{"one", "three"});
  end();
  faults.open_error = 0;
  follow("log");
  step(20s);
  CHECK(took() == lines{"two"});
}

TEST_CASE_METHOD(faulty_restart, "what cannot be opened for a moment is read with the next file") {
  append("log", "one\n");
  follow("log");
  end();
  append("log", "two\n");
  rename("log", "log.1");
  faults.open_error = EMFILE;
  faults.unopenable = "log.1";
  follow("log");
  step(20s);
  faults.open_error = 0;
  append("log", "three\n");
  step(20s);
  CHECK(took() == lines{"one", "two", "three"});
  CHECK(told<generation_vanished>().empty());
}

TEST_CASE_METHOD(faulty_restart, "files that are renamed while they are looked for are found") {
  append("log", "one\n");
  follow("log");
  end();
  append("log", "two\n");
  rename("log", "log.2");
  append("log.1", "three\n");
  append("log", "four\n");
  when_listed([this] {
    rename("log.2", "log.3");
    rename("log.1", "log.2");
  });
  follow("log");
  step(20s);
  CHECK(took() == lines{"one", "two", "three", "four"});
  CHECK(told<generation_vanished>().empty());
  CHECK(told<unreadable>().empty());
}

TEST_CASE_METHOD(faulty_restart, "a file that is compressed while it is looked for is found") {
  append("log", "one\n");
  follow("log");
  end();
  append("log", "two\n");
  rename("log", "log.2");
  append("log.1", "three\n");
  append("log", "four\n");
  // Nothing is kept of it: only that it was to be there says that it is missed.
  when_listed([this] {
    append("log.1.gz", compressed(compression::gzip, "three\n"));
    remove("log.1");
  });
  follow("log");
  step(20s);
  CHECK(took() == lines{"one", "two", "three", "four"});
}

TEST_CASE_METHOD(many_logs, "a directory is listed for all logs together") {
  append_to_all("one\n");
  run_all("*.log");
  rotate_all();
  append_to_all("two\n");
  const bool has_names = GENERATE(false, true);
  if (has_names) options.rotated = {"{name}.?"};
  faults.listings = 0;
  run_all("*.log");
  CHECK(took_all().size() == std::size_t{2} * logs);
  CHECK(faults.listings < 10);
}

TEST_CASE_METHOD(many_logs, "neither is it listed for each that misses a file") {
  append_to_all("one\n");
  run_all("*.log");
  append_to_all("two\n");
  rotate_all();
  append_to_all("three\n");
  run_all("*.log");
  took_all();
  for (int i = 0; i < logs; ++i) {
    remove(log(i));
    append(log(i), "four\n");
  }
  faults.listings = 0;
  follow_all("*.log");
  CHECK(took_all().size() == logs);
  CHECK(faults.listings < 50);
}

TEST_CASE_METHOD(many_logs, "each of many earlier files is opened a few times") {
  append("log", "0\n");
  run();
  for (int i = 1; i < logs; ++i) {
    rename("log", "log." + std::to_string(20260000 + i));
    append("log", std::to_string(i) + "\n");
  }
  faults.opens = 0;
  run();
  CHECK(took().size() == logs);
  CHECK(faults.opens < std::size_t{3} * logs);
  faults.opens = 0;
  run();
  CHECK(took().empty());
  CHECK(faults.opens < std::size_t{3} * logs);
}
