#include "temporary_directory.hpp"

#include <logpipe/follow/file/bookmark.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <system_error>

using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

TEST_CASE("a print is of the last bytes alone") {
  const std::string last(guard_print::capacity, 'x');
  CHECK(print_of("a" + last) == print_of("b" + last));
  CHECK(print_of(last).size == guard_print::capacity);
  CHECK(print_of("one") == print_of("one"));
  CHECK_FALSE(print_of("one") == print_of("two"));
  CHECK_FALSE(print_of("one") == print_of("xone"));
  CHECK(print_of("").size == 0);
}

TEST_CASE_METHOD(temporary_directory, "a place is known again by what stands before it") {
  append("one\ntwo\n");
  const auto place = bookmark_at(open().get(), 4);
  CHECK(place.offset == 4);
  CHECK(place.before == print_of("one\n"));
  append("three\n");
  CHECK(stands_at(open().get(), place));
  rewrite("one\nTWO\n");
  CHECK(stands_at(open().get(), place));
  rewrite("One\ntwo\n");
  CHECK_FALSE(stands_at(open().get(), place));
}

TEST_CASE_METHOD(temporary_directory, "a place stands in no file that ends before it") {
  append("one\ntwo\n");
  const auto place = bookmark_at(open().get(), 8);
  rewrite("one\n");
  CHECK_FALSE(stands_at(open().get(), place));
  rewrite("");
  CHECK_FALSE(stands_at(open().get(), place));
}

TEST_CASE_METHOD(temporary_directory, "what stands further away than the capacity does not count") {
  const std::string tail(guard_print::capacity, 'x');
  append("one" + tail);
  const auto place = bookmark_at(open().get(), 3 + tail.size());
  rewrite("two" + tail);
  CHECK(stands_at(open().get(), place));
}

TEST_CASE_METHOD(temporary_directory, "a file's first byte is a place in every file") {
  append("one\n");
  const auto place = bookmark_at(open().get(), 0);
  rewrite("another\n");
  CHECK(stands_at(open().get(), place));
}

TEST_CASE_METHOD(temporary_directory, "a print that cannot be proves nothing") {
  append("one\n");
  bookmark place = bookmark_at(open().get(), 4);
  place.offset = 3;
  CHECK_FALSE(stands_at(open().get(), place));
  place = {.offset = 1000, .before = {.size = guard_print::capacity + 1, .hash = 0}};
  CHECK_FALSE(stands_at(open().get(), place));
}

TEST_CASE("where nothing can be read nothing stands, and no place is made") {
  CHECK_FALSE(stands_at(-1, {.offset = 3, .before = print_of("one")}));
  CHECK_THROWS_AS(bookmark_at(-1, 3), std::system_error);
}
