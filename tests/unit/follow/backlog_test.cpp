#include "surrounded.hpp"

#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/memory/backlog.hpp>

#include <support/compressed_text.hpp>

using namespace logpipe::follow;
using logpipe::test::compressed;

using lines = std::vector<std::string>;
using state = kept_generation::state;

namespace {

struct backlog_fixture : testing::surrounded {
  backlog log{0, path("log"), path("log"), around};

  void add(const std::string& name, const bookmark& from = {}, std::vector<kept_id> as = {}) {
    past_file file{.file = open_regular(path(name)),
                   .path = path(name),
                   .compressed = name.ends_with(".gz"),
                   .from = from,
                   .continues = std::move(as)};
    REQUIRE(files.claim(status_of(file.file.get()).id, 0));
    log.add(std::move(file));
  }
  lines read() {
    lines took;
    chunk out;
    for (auto made = log.read(out, now); made != source::progress::nothing;
         made = log.read(out, now)) {
      if (made == source::progress::lines) {
        took.insert(took.end(), out.lines.begin(), out.lines.end());
      }
    }
    return took;
  }
};

}  // namespace

TEST_CASE_METHOD(backlog_fixture, "files are read one after the other, each to its end") {
  append("one\ntwo\n", "log.3");
  append(compressed(compression::gzip, "three\n"), "log.2.gz");
  append("four\n", "log.1");
  CHECK(log.is_empty());
  add("log.3");
  add("log.2.gz");
  add("log.1");
  CHECK_FALSE(log.is_empty());
  CHECK(open.count() == 3);
  CHECK(read() == lines{"one", "two", "three", "four"});
  CHECK(log.is_empty());
  CHECK(open.count() == 0);
}

TEST_CASE_METHOD(backlog_fixture, "each is told as begun, with what it goes on from") {
  append("one\ntwo\n", "log.1");
  add("log.1", {4, print_of("one\n")}, {42, 43});
  const auto begun = told<generation_begun>();
  REQUIRE(begun.size() == 1);
  CHECK(begun[0].generation == 5);
  CHECK(begun[0].continues == std::vector<kept_id>{42, 43});
  CHECK(begun[0].now.read.offset == 4);
  CHECK(begun[0].now.what == state::open);
  CHECK(begun[0].now.source == path("log"));
  CHECK(read() == lines{"two"});
}

TEST_CASE_METHOD(backlog_fixture, "one that has been read is let go, as followed") {
  append("one\n", "log.1");
  add("log.1");
  const auto id = status_of(path("log.1"))->id;
  read();
  const auto ended = told<generation_ended>();
  REQUIRE(ended.size() == 1);
  CHECK(ended[0].generation == 5);
  CHECK(ended[0].last.what == state::followed);
  CHECK(ended[0].last.size == 4);
  CHECK_FALSE(files.is_claimed(id));
  CHECK_FALSE(files.is_to_read(id, 4, now));
  CHECK(files.is_to_read(id, 8, now));
}

TEST_CASE_METHOD(backlog_fixture, "while it is read it can be asked for") {
  append("one\n", "log.2");
  append("two\n", "log.1");
  add("log.2");
  add("log.1");
  CHECK(log.unread_bytes() == 8);
  CHECK(log.name_of(6) == path("log.1"));
  CHECK(log.name_of(9) == std::nullopt);
  REQUIRE(log.describe(5));
  CHECK(log.describe(5)->what == state::open);
  CHECK_FALSE(log.describe(9));
  read();
  CHECK_FALSE(log.describe(5));
  CHECK(log.unread_bytes() == 0);
}

TEST_CASE_METHOD(backlog_fixture, "what ends before its end is told, and the next is read") {
  const auto whole = compressed(compression::gzip, logpipe::test::incompressible_lines(5000));
  append(whole.substr(0, whole.size() / 2), "log.2.gz");
  append("two\n", "log.1");
  add("log.2.gz");
  add("log.1");
  CHECK(read().back() == "two");
  REQUIRE(told<damaged>().size() == 1);
  CHECK(told<damaged>()[0].path == path("log.2.gz"));
  CHECK(told<generation_ended>().size() == 2);
}

TEST_CASE_METHOD(backlog_fixture, "what was rewritten is told, and the next is read") {
  append("one\ntwo\n", "log.2");
  append("three\n", "log.1");
  add("log.2", {4, print_of("one\n")});
  add("log.1");
  rewrite("another\ncontent\n", "log.2");
  CHECK(read() == lines{"three"});
  REQUIRE(told<truncated>().size() == 1);
  CHECK(told<truncated>()[0].path == path("log.2"));
  CHECK(told<generation_ended>()[0].last.what == state::replaced);
}

TEST_CASE_METHOD(backlog_fixture, "what it is ended with stays to be read") {
  append("one\n", "log.2");
  append("two\n", "log.1");
  add("log.2");
  add("log.1");
  log.end(now);
  CHECK(log.is_empty());
  CHECK(open.count() == 0);
  const auto ended = told<generation_ended>();
  REQUIRE(ended.size() == 2);
  CHECK(ended[0].generation == 5);
  CHECK_FALSE(ended[1].last.is_done());
}
