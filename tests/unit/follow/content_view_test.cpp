#include "temporary_directory.hpp"

#include <logpipe/follow/memory/content_view.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <support/compressed_text.hpp>

using namespace logpipe::follow;
using logpipe::test::compressed;

namespace {

/// The same content in a plain and in a compressed file.
struct both_forms : testing::temporary_directory {
  std::string text;
  logpipe::fd file;
  std::string name;

  content_view view(std::string content) {
    text = std::move(content);
    const bool is_compressed = GENERATE(false, true);
    name = is_compressed ? "log.gz" : "log";
    append(is_compressed ? compressed(compression::gzip, text) : text, name);
    file = open(name);
    content_view made(file.get(), path(name));
    CHECK(made.is_compressed() == is_compressed);
    return made;
  }
  bookmark place(std::size_t offset) const {
    return {.offset = offset, .before = print_of(std::string_view(text).substr(0, offset))};
  }
};

}  // namespace

TEST_CASE_METHOD(both_forms, "the head of a short file is all of it") {
  CHECK(view("one\ntwo\n").head() == "one\ntwo\n");
}

TEST_CASE_METHOD(both_forms, "the head of a long one is as long as a fingerprint takes") {
  const auto seen = view(logpipe::test::incompressible_lines(100'000));
  CHECK(seen.head() == std::string_view(text).substr(0, fingerprint::capacity));
}

TEST_CASE_METHOD(both_forms, "places are found forwards and backwards") {
  auto seen = view(logpipe::test::incompressible_lines(100'000));
  const auto shown = seen.shown(status_of(file.get()), "/log", 7);
  CHECK(shown.stands_at(place(50'000)));
  CHECK(shown.stands_at(place(100'000)));
  CHECK(shown.stands_at(place(300)));
  bookmark wrong = place(300);
  wrong.offset = 301;
  CHECK_FALSE(shown.stands_at(wrong));
  wrong.offset = text.size() + 1;
  CHECK_FALSE(shown.stands_at(wrong));
  CHECK(shown.stands_at(place(500)));
}

TEST_CASE_METHOD(both_forms, "a file is shown with its number, and its size where that counts") {
  auto seen = view("one\n");
  const file_status status = status_of(file.get());
  const auto shown = seen.shown(status, "/log", 7);
  CHECK(shown.inode == status.id.inode);
  CHECK(shown.birth == status.id.birth);
  CHECK(shown.head == "one\n");
  CHECK(shown.log == "/log");
  CHECK(shown.inode_at_log == 7);
  CHECK(shown.compressed_size.has_value() == seen.is_compressed());
  if (shown.compressed_size) CHECK(*shown.compressed_size == status.size);
}

TEST_CASE_METHOD(both_forms, "a copy has its last bytes where its original has them") {
  auto seen = view("one\ntwo\n");
  append("one\ntwo\nthree\n", "longer");
  append("one\n", "shorter");
  append("One\nTwo\nthree\n", "other");
  CHECK(seen.is_copy_of(open("longer").get()));
  CHECK_FALSE(seen.is_copy_of(open("shorter").get()));
  CHECK_FALSE(seen.is_copy_of(open("other").get()));
}

TEST_CASE_METHOD(testing::temporary_directory, "a plain file is one whatever it is called") {
  append("one\n", "log.gz");
  const auto file = open("log.gz");
  const content_view seen(file.get(), path("log.gz"));
  CHECK_FALSE(seen.is_compressed());
  CHECK(seen.head() == "one\n");
}

TEST_CASE_METHOD(testing::temporary_directory, "what is not called so is not decompressed") {
  append(compressed(compression::gzip, "one\n"), "log");
  const auto file = open("log");
  CHECK_FALSE(content_view(file.get(), path("log")).is_compressed());
}
