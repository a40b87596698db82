#include "follow_fixture.hpp"

#include <catch2/catch.hpp>

#include <support/compressed_text.hpp>
#include <system_error>

using namespace logpipe::follow;
using namespace logpipe::follow::testing;
using logpipe::milliseconds;
using logpipe::test::compressed;
using logpipe::test::incompressible_lines;

namespace {

struct compressed_log : follow_fixture {
  /// Long enough for two looks at a compressed file to find it the same.
  void settle() { step(milliseconds(11'000)); }
  void write(const std::string& name, const std::string& text,
             compression how = compression::gzip) {
    append(name, compressed(how, text));
  }
  lines took() { return follow_fixture::took("log.gz"); }
};

}  // namespace

TEST_CASE_METHOD(compressed_log, "a compressed file that is named is read to its end, once") {
  const auto how = GENERATE(compression::gzip, compression::bzip2, compression::xz,
                            compression::zstd, compression::lz4);
  options.once = true;
  write("log.gz", "one\ntwo\nhalf", how);
  follow("log.gz");
  CHECK(took() == lines{"one", "two", "half"});
  CHECK(subject().finished());
  CHECK(subject().unread_bytes() == 0);
}

TEST_CASE_METHOD(compressed_log, "where reading starts is no matter of a compressed file") {
  options.start.where = start_at::kind::end;
  write("log.gz", "one\n");
  follow("log.gz");
  CHECK(took() == lines{"one"});
  CHECK_FALSE(subject().finished());
  subject().stop(now());
  drain();
  CHECK(subject().finished());
}

TEST_CASE_METHOD(compressed_log, "bytes that are not read are told until the end") {
  options.once = true;
  write("log.gz", incompressible_lines(2'000'000));
  subject().add(path("log.gz"), now());
  chunk read;
  REQUIRE(subject().read(read, now()));
  CHECK(subject().unread_bytes() > 1'000'000);
  CHECK_FALSE(subject().finished());
  drain();
  CHECK(subject().unread_bytes() == 0);
}

TEST_CASE_METHOD(compressed_log, "one file by two names is read once") {
  options.once = GENERATE(true, false);
  write("log.gz", "one\n");
  link(path("log.gz"), "link.gz");
  follow("log.gz");
  follow("link.gz");
  settle();
  CHECK(took_all() == lines{"one"});
}

TEST_CASE_METHOD(compressed_log, "with once a missing file throws, and an empty one is finished") {
  options.once = true;
  CHECK_THROWS_AS(subject().add(path("log.gz"), now()), std::system_error);
  append("log.gz", "");
  follow("log.gz");
  CHECK(took().empty());
  CHECK(subject().finished());
}

TEST_CASE_METHOD(compressed_log, "plain lines under a compressed name are followed as any others") {
  options.start.where = start_at::kind::beginning;
  append("log.gz", "one\n");
  follow("log.gz");
  append("log.gz", "two\n");
  step();
  CHECK(took() == lines{"one", "two"});
}

TEST_CASE_METHOD(compressed_log, "one that is cut off is told where its last whole line ends") {
  options.once = true;
  const std::string text = incompressible_lines(10'000);
  append("log.gz", compressed(compression::gzip, text).substr(0, 5000));
  follow("log.gz");
  std::size_t given = 0;
  for (const auto& line : took()) {
    given += line.size() + 1;
  }
  CHECK(given > 4000);
  REQUIRE(told<damaged>().size() == 1);
  CHECK(told<damaged>()[0].path == path("log.gz"));
  CHECK(told<damaged>()[0].offset == given);
  CHECK(subject().finished());
}

TEST_CASE_METHOD(compressed_log, "one that comes later is read when nobody writes it any more") {
  follow("log.gz");
  REQUIRE(told<waiting>().size() == 1);
  const std::string bytes = compressed(compression::gzip, "one\ntwo\n");
  append("log.gz", bytes.substr(0, 12));
  step(milliseconds(6000));  // one look
  append("log.gz", bytes.substr(12));
  settle();
  CHECK(took() == lines{"one", "two"});
  CHECK(told<opened>().size() == 1);
  CHECK(told<damaged>().empty());
}

TEST_CASE_METHOD(compressed_log, "one that takes the place of one that was read is read too") {
  write("log.gz", "one\n");
  follow("log.gz");
  rename("log.gz", "log.2.gz");
  write("log.gz", "two\n");
  settle();
  CHECK(took() == lines{"one", "two"});
  settle();
  CHECK(took().empty());
}

TEST_CASE_METHOD(compressed_log, "files that are rotated from name to name are read once") {
  write("log.1.gz", "one\n");
  follow("log.1.gz");
  follow("log.2.gz");
  rename("log.1.gz", "log.2.gz");
  write("log.1.gz", "two\n");
  settle();
  CHECK(took_all() == lines{"one", "two"});
}

TEST_CASE_METHOD(compressed_log, "one that was seen half written is read on from there") {
  const std::string text = incompressible_lines(100'000);
  const std::string bytes = compressed(compression::gzip, text);
  append("log.gz", bytes.substr(0, 50'000));
  follow("log.gz");
  CHECK(told<damaged>().size() == 1);
  append("log.gz", bytes.substr(50'000));
  settle();
  std::string given;
  for (const auto& line : took()) {
    given += line + "\n";
  }
  CHECK(given == text);
  CHECK(told<damaged>().size() == 1);
}

TEST_CASE_METHOD(compressed_log, "one that is written anew is read from its first byte") {
  write("log.gz", "one\n");
  follow("log.gz");
  rewrite("log.gz", compressed(compression::gzip, "two\nthree\n"));
  settle();
  CHECK(took() == lines{"one", "two", "three"});
}

TEST_CASE_METHOD(compressed_log, "a signal's end takes what has come and has not settled") {
  follow("log.gz");
  write("log.gz", "one\n");
  subject().stop(now());
  drain();
  CHECK(took() == lines{"one"});
  CHECK(subject().finished());
}

TEST_CASE_METHOD(compressed_log, "records of several lines are joined in it too") {
  options.once = true;
  options.multiline = multiline{.start = logpipe::pattern("^[^ ]")};
  write("log.gz", "one\n at a\n at b\ntwo\n");
  follow("log.gz");
  CHECK(took() == lines{"one\n at a\n at b", "two"});
}

TEST_CASE_METHOD(compressed_log, "what is kept of it is told before its lines and at its end") {
  options.once = true;
  options.remembers = true;
  write("log.gz", "one\ntwo\n");
  follow("log.gz");
  REQUIRE(told<generation_begun>().size() == 1);
  const kept_generation begun = told<generation_begun>()[0].now;
  CHECK(begun.source == path("log.gz"));
  CHECK(begun.name == path("log.gz"));
  CHECK(begun.inode == status_of(path("log.gz"))->id.inode);
  CHECK(begun.head.matches("one\ntwo\n"));
  CHECK_FALSE(begun.alike);
  CHECK(begun.read == bookmark{});
  CHECK(told<generation_ended>().size() == 1);
}

TEST_CASE_METHOD(compressed_log, "no descriptor stays open of what has been read") {
  options.once = GENERATE(true, false);
  write("log.gz", "one\n");
  subject();
  const std::size_t before = open_descriptors();
  follow("log.gz");
  CHECK(open_descriptors() == before);
}
