// Paths at which a FIFO takes the place of a file, a file that of a FIFO, or another FIFO.
#include "either_mode.hpp"

#include <logpipe/base/output.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>

#include <chrono>
#include <string>

using namespace std::chrono_literals;
using namespace logpipe;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

namespace {

struct replaced_fixture : either_mode {
  void make_fifo(const std::string& name) { REQUIRE(::mkfifo(path(name).c_str(), 0600) == 0); }
  /// Fails when nobody reads the FIFO.
  fd open_writer(const std::string& name) {
    fd file(::open(path(name).c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
    REQUIRE(file);
    return file;
  }
  void put(const fd& to, std::string_view text) { write_all(to.get(), text, "pipe"); }
  void put_in(const std::string& name, std::string_view text) { put(open_writer(name), text); }
};

}  // namespace

TEST_CASE_METHOD(replaced_fixture, "a FIFO that is made later is read") {
  follow("log");
  REQUIRE(told<waiting>().size() == 1);
  make_fifo("log");
  step(3s);
  CHECK(told<opened>().size() == 1);
  CHECK(told<unreadable>().empty());
  put_in("log", "one\n");
  step(3s);
  put_in("log", "two\n");
  step(3s);
  CHECK(took() == lines{"one", "two"});
  CHECK_FALSE(subject().finished());
  CHECK(subject().sources() == 1);
}

TEST_CASE_METHOD(replaced_fixture, "a file that is replaced by a FIFO is read to its end first") {
  writer old(path("log"));
  old.write("one\n");
  follow("log");
  rename("log", "log.1");
  old.write("two\nthree");
  make_fifo("log");
  step(100ms);
  old.write(" and more");
  old.close();
  step(10s);
  put_in("log", "four\n");
  step(3s);
  CHECK(took() == lines{"one", "two", "three and more", "four"});
  REQUIRE(told<rotated>().size() == 1);
  CHECK(told<rotated>()[0].old_name == path("log.1"));
}

TEST_CASE_METHOD(replaced_fixture, "a FIFO that is replaced by another one, or by a file") {
  const bool by_fifo = GENERATE(true, false);
  make_fifo("log");
  follow("log");
  fd writer = open_writer("log");
  put(writer, "one\n");
  step(1s);
  remove("log");
  step(3s);
  put(writer, "two\nthree");
  if (by_fifo) {
    make_fifo("log");
  } else {
    append("log", "five\n");
  }
  step(3s);
  put(writer, " and\nfour");
  writer.reset();
  step(3s);
  if (by_fifo) put_in("log", "five\n");
  step(3s);
  CHECK(took() == lines{"one", "two", "three and", "four", "five"});
  CHECK(told<rotated>().size() == 1);
}

TEST_CASE_METHOD(replaced_fixture, "a FIFO whose writer stays is left after 10 s") {
  make_fifo("log");
  follow("log");
  const fd writer = open_writer("log");
  remove("log");
  make_fifo("log");
  step(3s);
  put(writer, "one\n");
  step(15s);
  put_in("log", "two\n");
  step(3s);
  CHECK(took() == lines{"one", "two"});
}

TEST_CASE_METHOD(replaced_fixture,
                 "a FIFO and files in turn, held at times, their records joined") {
  if (GENERATE(false, true)) options.multiline = multiline{.start = pattern("^[a-z]")};
  lines written;
  follow("log");
  for (int i = 0; i < 3; ++i) {
    append("log", "file\n");
    step(10s);
    remove("log");
    make_fifo("log");
    step(20s);
    subject().hold(0, i == 1);
    put_in("log", "fifo\n");
    step(5s);
    subject().hold(0, false);
    remove("log");
    step(20s);
    written.insert(written.end(), {"file", "fifo"});
  }
  CHECK(took() == written);
  CHECK(told<unreadable>().empty());
  const auto descriptors = open_descriptors();
  append("log", "file\n");
  step(20s);
  CHECK(open_descriptors() == descriptors);
}
