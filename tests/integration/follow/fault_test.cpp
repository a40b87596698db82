// Faults of the system calls below the follower.
#include "either_mode.hpp"
#include "faults.hpp"

#include <logpipe/base/output.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>

using namespace std::chrono_literals;
using namespace logpipe;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

namespace {

struct fault_fixture : either_mode {
  faults fault;
  lines written;

  /// Lines of any length, some longer than a block.
  void append_lines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      written.push_back(std::to_string(written.size()) +
                        std::string(static_cast<std::size_t>(i * 37 % 2000), 'x'));
      text += written.back() + "\n";
    }
    append("log", text);
  }
};

}  // namespace

TEST_CASE_METHOD(fault_fixture, "short and interrupted reads") {
  options.block_size = 1024;
  options.max_line = GENERATE(as<std::size_t>{}, 100, 100'000);
  fault.most_bytes = GENERATE(as<std::size_t>{}, 7, 1000);
  fault.interrupt = true;
  append_lines(20);
  follow("log");
  append_lines(20);
  step();
  rename("log", "log.1");
  append_lines(20);
  step(10s);
  CHECK(took() == written);
  CHECK(told<unreadable>().empty());
}

TEST_CASE_METHOD(fault_fixture, "reads of one byte") {
  append_lines(3);
  fault.most_bytes = 1;
  fault.interrupt = true;
  follow("log");
  append_lines(3);
  step();
  CHECK(took() == written);
}

TEST_CASE_METHOD(fault_fixture, "a read error that passes, wherever it comes") {
  options.block_size = 1024;
  options.max_line = GENERATE(as<std::size_t>{}, 100, 100'000);
  append("log", "");
  follow("log");
  append_lines(20);
  fault.read_error = EIO;
  fault.reads_before = GENERATE(range<std::uint64_t>(0, 40));
  fault.read_errors = 1;
  step(10s);
  append_lines(1);
  step(10s);
  CHECK(took() == written);
  CHECK(told<unreadable>().size() <= 1);
}

TEST_CASE_METHOD(fault_fixture, "a read error that stays is told once, and is no busy loop") {
  append_lines(3);
  follow("log");
  append_lines(3);
  fault.read_error = EIO;
  fault.reads = 0;
  step(1min);
  CHECK(fault.reads < 1000);
  REQUIRE(told<unreadable>().size() == 1);
  CHECK(told<unreadable>()[0].error == EIO);
  fault.read_error = 0;
  step(10s);
  CHECK(took() == written);
  CHECK(told<opened>().size() == 1);
}

TEST_CASE_METHOD(fault_fixture, "a file that cannot be opened is told once and taken when it can") {
  append_lines(3);
  fault.open_error = GENERATE(EACCES, EMFILE);
  follow("log");
  step(1min);
  CHECK(told<unreadable>().size() == 1);
  CHECK(took().empty());
  fault.open_error = 0;
  step(10s);
  CHECK(took() == written);
}

TEST_CASE_METHOD(fault_fixture, "a file of a pattern that cannot be opened: the others go on") {
  fault.open_error = EACCES;
  fault.unopenable = "a.log";
  const bool later = GENERATE(false, true);
  if (later) follow_all("*.log");
  append("a.log", "one\n");
  append("b.log", "two\n");
  if (!later) follow_all("*.log");
  step(1min);
  CHECK(took_all() == lines{"two"});
  REQUIRE(told<unreadable>().size() == 1);
  CHECK(told<unreadable>()[0].path == path("a.log"));
  CHECK(told<opened>().empty());
  fault.open_error = 0;
  step(10s);
  CHECK(took_all() == lines{"one"});
  CHECK(told<opened>().size() == 1);
}

TEST_CASE_METHOD(fault_fixture, "a file that cannot be opened, can, and cannot: told anew") {
  fault.open_error = EACCES;
  fault.unopenable = "a.log";
  append("a.log", "one\n");
  follow_all("a.log");
  fault.open_error = 0;
  step(10s);
  CHECK(took("a.log") == lines{"one"});
  fault.open_error = EACCES;
  rename("a.log", "a.log.1");
  append("a.log", "two\n");
  step(1min);
  CHECK(told<unreadable>().size() == 2);
  fault.open_error = 0;
  step(10s);
  CHECK(took("a.log") == lines{"two"});
  CHECK(told<opened>().size() == 2);
}

TEST_CASE_METHOD(fault_fixture, "a file that goes before it could be opened is not remembered") {
  fault.open_error = EACCES;
  fault.unopenable = "a.log";
  append("a.log", "one\n");
  follow_all("*.log");
  remove("a.log");
  step(20min);
  CHECK(told<ended>().size() == 1);
  append("a.log", "two\n");
  step(10s);
  CHECK(told<unreadable>().size() == 2);
}

TEST_CASE_METHOD(fault_fixture, "with once a file that cannot be opened is told once") {
  options.once = true;
  fault.open_error = EACCES;
  fault.unopenable = "a.log";
  append("a.log", "one\n");
  append("b.log", "two\n");
  follow_all("*.log");
  follow_all("a.*");
  step(10s);
  CHECK(took_all() == lines{"two"});
  CHECK(told<unreadable>().size() == 1);
  CHECK(subject().finished());
}

TEST_CASE_METHOD(fault_fixture, "with once an error ends the file") {
  options.once = true;
  append_lines(3);
  subject().add(path("log"), now());
  fault.read_error = EIO;
  drain();
  CHECK(subject().finished());
  CHECK(told<unreadable>().size() == 1);
}

TEST_CASE_METHOD(follow_fixture, "a FIFO's short, interrupted and failing reads") {
  faults fault;
  REQUIRE(::mkfifo(path("log").c_str(), 0600) == 0);
  follow("log");
  const fd pipe(::open(path("log").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  fault.most_bytes = 1;
  fault.interrupt = true;
  write_all(pipe.get(), "one\ntwo\n", "pipe");
  step();
  CHECK(took() == lines{"one", "two"});
}
