#include "surrounded.hpp"

#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/memory/past_reading.hpp>

#include <support/compressed_text.hpp>

using namespace logpipe::follow;
using logpipe::test::compressed;

using outcome = past_reading::outcome;
using lines = std::vector<std::string>;

namespace {

/// A file that was rotated long ago, and what was read of it.
struct past_fixture : testing::surrounded {
  std::optional<past_reading> reading;
  lines took;

  void begin(const std::string& name, const bookmark& from = {}) {
    past_file file{.file = open_regular(path(name)),
                   .path = path(name),
                   .compressed = name.ends_with(".gz"),
                   .from = from,
                   .continues = {}};
    reading.emplace(3, 7, std::move(file), around);
  }
  outcome read() {
    chunk out;
    while (true) {
      const auto found = reading->read(out, {});
      if (found == outcome::more) continue;
      if (found != outcome::lines) return found;
      CHECK(out.source == 3);
      CHECK(out.generation == 7);
      took.insert(took.end(), out.lines.begin(), out.lines.end());
    }
  }
};

}  // namespace

TEST_CASE_METHOD(past_fixture, "a file is read from its place to its end, plain or compressed") {
  const bool plain = GENERATE(true, false);
  const std::string text = "one\ntwo\nthree\n";
  append(text, "log.1");
  append(compressed(compression::gzip, text), "log.1.gz");
  begin(plain ? "log.1" : "log.1.gz", {4, print_of("one\n")});
  CHECK(reading->offset() == 4);
  CHECK((!plain || reading->unread() == 10));
  CHECK(read() == outcome::at_end);
  CHECK(took == lines{"two", "three"});
  CHECK(reading->offset() == text.size());
  CHECK(reading->unread() == 0);
  CHECK(read() == outcome::at_end);
}

TEST_CASE_METHOD(past_fixture, "what follows the last line end is a line: its writer has left") {
  const bool plain = GENERATE(true, false);
  append("one\ntwo", "log.1");
  append(compressed(compression::gzip, "one\ntwo"), "log.1.gz");
  begin(plain ? "log.1" : "log.1.gz");
  CHECK(read() == outcome::at_end);
  CHECK(took == lines{"one", "two"});
}

TEST_CASE_METHOD(past_fixture, "a long way to the place is gone block by block") {
  const std::string text = logpipe::test::incompressible_lines(10'000);
  append(compressed(compression::gzip, text + "last\n"), "log.1.gz");
  options.block_size = 1000;
  begin("log.1.gz", {text.size(), print_of(text)});
  chunk out;
  int turns = 0;
  while (reading->read(out, {}) == outcome::more) {
    REQUIRE(++turns < 100);
  }
  CHECK(turns > 5);
  REQUIRE(out.lines.size() == 1);
  CHECK(out.lines[0] == "last");
}

TEST_CASE_METHOD(past_fixture, "it is read whatever it is renamed to") {
  append("one\n", "log.1");
  begin("log.1");
  rename("log.1", "log.2");
  CHECK(reading->name() == path("log.2"));
  CHECK(read() == outcome::at_end);
  CHECK(took == lines{"one"});
}

TEST_CASE_METHOD(past_fixture, "it is read though it is deleted") {
  append("one\n", "log.1");
  begin("log.1");
  remove("log.1");
  CHECK(reading->name().empty());
  CHECK(read() == outcome::at_end);
  CHECK(took == lines{"one"});
}

TEST_CASE_METHOD(past_fixture, "compressed content that ends before its end is damaged") {
  const auto whole = compressed(compression::gzip, logpipe::test::incompressible_lines(5000));
  append(whole.substr(0, whole.size() / 2), "log.1.gz");
  begin("log.1.gz");
  CHECK(read() == outcome::damaged);
  CHECK_FALSE(reading->reason().empty());
  CHECK_FALSE(took.empty());
}

TEST_CASE_METHOD(past_fixture, "one that is rewritten is told") {
  append("one\ntwo\n", "log.1");
  begin("log.1", {4, print_of("one\n")});
  rewrite("another\ncontent\n", "log.1");
  CHECK(read() == outcome::truncated);
  CHECK(took.empty());
}

TEST_CASE_METHOD(past_fixture, "it is described as one that others have followed") {
  const bool plain = GENERATE(true, false);
  append("one\ntwo\n", "log.1");
  append(compressed(compression::gzip, "one\ntwo\n"), "log.1.gz");
  const std::string name = plain ? "log.1" : "log.1.gz";
  const bookmark from{4, print_of("one\n")};
  begin(name, from);
  read();
  const auto made = reading->describe("/d/log");
  const auto status = status_of(path(name));
  CHECK(made.source == "/d/log");
  CHECK(made.name == path(name));
  CHECK(made.inode == status->id.inode);
  CHECK(made.head.matches("one\ntwo\n"));
  CHECK(made.read == from);
  CHECK(made.sent == 8);
  CHECK(made.size == 8);
  CHECK(made.file_size == status->size);
  CHECK(made.what == kept_generation::state::followed);
  CHECK(reading->place().offset == (plain ? 8 : 0));
}
