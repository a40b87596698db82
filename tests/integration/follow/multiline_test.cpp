// Lines joined to records: the stack traces of a real broker's log.
#include "either_mode.hpp"

#include <logpipe/base/output.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>

using namespace std::chrono_literals;
using namespace logpipe;
using namespace logpipe::follow;
using namespace logpipe::follow::testing;

namespace {

std::string sample() {
  std::ifstream file(TEST_DATA "/kafka-server.log");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What the records of a log are, by another way than the code takes.
lines records_of(const std::string& log) {
  lines records;
  for (std::size_t begin = 0; begin < log.size();) {
    auto end = log.find("\n[2026-", begin);
    if (end == std::string::npos) end = log.size() - 1;
    records.push_back(log.substr(begin, end - begin));
    begin = end + 1;
  }
  return records;
}

/// A stack trace of the sample between two short records.
std::string excerpt() {
  for (const auto& record : records_of(sample())) {
    if (record.find("\n\tat ") == std::string::npos) continue;
    return "[2026-11-22] before\n" + record + "\n[2026-11-22] after\n";
  }
  return {};
}

struct multiline_fixture : either_mode {
  multiline_fixture() { options.multiline = {.start = pattern(R"(^\[\d{4}-)"), .timeout = 2s}; }
};

}  // namespace

TEST_CASE_METHOD(multiline_fixture, "each stack trace of a log is one record") {
  const std::string log = sample();
  const lines expected = records_of(log);
  REQUIRE(expected.size() > 500);
  options.block_size = GENERATE(as<std::size_t>{}, 1000, 256 * 1024);
  append("log", log);
  follow("log");
  step(3s);
  CHECK((took() == expected));
  CHECK(pieces() == 0);
}

TEST_CASE_METHOD(multiline_fixture, "stack traces are whole wherever the writer pauses") {
  const std::string log = excerpt();
  const lines expected = records_of(log);
  REQUIRE(expected.size() == 3);
  for (std::size_t at = 0; at < log.size(); ++at) {
    restart();
    append("log", log.substr(0, at));
    follow("log");
    append("log", log.substr(at));
    step(3s);
    INFO("split at " << at);
    REQUIRE((took() == expected));
    remove("log");
  }
}

TEST_CASE_METHOD(multiline_fixture, "stack traces are whole wherever a rotation cuts them") {
  const std::string log = excerpt();
  const lines expected = records_of(log);
  for (std::size_t at = 0; at < log.size(); ++at) {
    if (at != 0 && log[at - 1] != '\n') continue;  // writers rotate between lines
    restart();
    writer before(path("log"));
    before.write(log.substr(0, at));
    follow("log");
    rename("log", "log.1");
    before.close();
    append("log", log.substr(at));
    step(8s);
    INFO("split at " << at);
    REQUIRE((took() == expected));
    remove("log");
    remove("log.1");
  }
}

TEST_CASE_METHOD(multiline_fixture, "a record is given when no line comes, not before") {
  append("log", "[2026-\nat a\n");
  follow("log");
  step(1900ms);
  CHECK(took().empty());
  append("log", "at b\n");
  step(1900ms);
  CHECK(took().empty());
  step(200ms);
  CHECK(took() == lines{"[2026-\nat a\nat b"});
}

TEST_CASE_METHOD(multiline_fixture, "a cut ends a record") {
  append("log", "[2026-\nat a\n");
  follow("log");
  rewrite("log", "at b\n[2026-2\n");
  step(3s);
  CHECK(took() == lines{"[2026-\nat a", "at b", "[2026-2"});
}

TEST_CASE_METHOD(multiline_fixture, "a copy of a log that is cut is no log of its own") {
  lines expected;
  const auto write_records = [&] {
    for (int i = 0; i < 20; ++i) {
      expected.push_back("[2026-11-22] record " + std::to_string(expected.size()) +
                         "\n with more than a line of text");
      append("app.log", expected.back() + "\n");
    }
  };
  write_records();
  follow_all("app.log*");
  write_records();
  copy("app.log", "app.log.1");
  truncate("app.log");
  step(1s);
  write_records();
  step(1min);
  // The copy's last record may go on until its time is over: it comes behind what it is older than.
  CHECK_THAT(took("app.log"), Catch::Matchers::UnorderedEquals(expected));
  CHECK(took_all().empty());
}

TEST_CASE_METHOD(multiline_fixture, "logs that are quiet are closed when too many are open") {
  options.max_open = 2;
  for (int i = 0; i < 20; ++i) {
    append(std::to_string(i), "[2026-11-22] one\n more\n");
  }
  const auto before = open_descriptors();
  follow_all("*");
  step(10s);
  CHECK(open_descriptors() < before + 10);
  CHECK(took_all() == lines(20, "[2026-11-22] one\n more"));
}

TEST_CASE_METHOD(multiline_fixture, "a stop gives what is held, and so does the end of once") {
  options.once = GENERATE(false, true);
  append("log", "[2026-\nat a\n");
  subject().add(path("log"), now());
  if (!options.once) subject().stop(now());
  drain();
  CHECK(took() == lines{"[2026-\nat a"});
  CHECK(subject().finished());
}

TEST_CASE_METHOD(multiline_fixture, "what is held can be told") {
  append("log", "[2026-\n[2026-2\nat a\n");
  follow("log");
  CHECK(took() == lines{"[2026-"});
  subject().tell_partials();
  REQUIRE(told<partial_held>().size() == 1);
  CHECK(told<partial_held>()[0].offset == 7);
  CHECK(told<partial_held>()[0].bytes == 13);
}

TEST_CASE_METHOD(multiline_fixture, "a record beyond the limit is cut") {
  options.max_line = 1000;
  std::string trace = "[2026-\n";
  for (int i = 0; i < 200; ++i) {
    trace += "at some.package.with.a.name.Class" + std::to_string(i) + "\n";
    append("log", i == 0 ? trace : trace.substr(trace.rfind('\n', trace.size() - 2) + 1));
    if (i == 0) follow("log");
    if (i % 20 == 0) step(100ms);
  }
  step(3s);
  trace.pop_back();
  CHECK(took() == lines{trace});
  CHECK(pieces() == trace.size() / 1000);
}

TEST_CASE_METHOD(multiline_fixture, "a stream's records") {
  REQUIRE(::mkfifo(path("log").c_str(), 0600) == 0);
  follow("log");
  const fd pipe(::open(path("log").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  write_all(pipe.get(), "[2026-\nat a\n[2026-2\nat", "pipe");
  step(100ms);
  CHECK(took() == lines{"[2026-\nat a"});
  write_all(pipe.get(), " b\n", "pipe");
  step(2500ms);
  CHECK(took() == lines{"[2026-2\nat b"});
}
