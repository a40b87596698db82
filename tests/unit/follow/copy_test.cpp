#include "temporary_directory.hpp"

#include <logpipe/follow/names/copy.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

namespace {

/// A log that has been read up to half of it, and what may be its copy.
struct copy_fixture : temporary_directory {
  std::string text;

  explicit copy_fixture() {
    for (int i = 0; i < 200; ++i) {
      text += std::to_string(i) + " a line\n";
    }
    append(text, "log");
  }
  generation read_to(std::uint64_t offset) { return {0, open("log"), offset}; }
  fd other(std::string_view content) {
    rewrite(content, "other");
    return open("other");
  }
};

}  // namespace

TEST_CASE_METHOD(copy_fixture, "a whole copy, and one that holds more") {
  const auto original = read_to(1200);
  const fd same = other(text);
  CHECK(copied_bytes(suspect(same.get(), false), original) == 1200U);
  CHECK(is_copy(suspect(same.get(), false), content_of(original)));
  const fd more = other(text + "more\n");
  CHECK(copied_bytes(suspect(more.get(), false), original) == 1200U);
}

TEST_CASE_METHOD(copy_fixture, "a copy that is not whole yet") {
  const auto original = read_to(1800);
  const fd part = other(text.substr(0, 1500));
  CHECK(copied_bytes(suspect(part.get(), false), original) == 0U);
  CHECK_FALSE(is_copy(suspect(part.get(), false), content_of(original)));
}

TEST_CASE_METHOD(copy_fixture, "one that begins alike and then differs is no copy") {
  const auto original = read_to(text.size());
  const fd file = other(text.substr(0, 1500) + std::string(2000, 'x'));
  CHECK_FALSE(copied_bytes(suspect(file.get(), false), original));
}

TEST_CASE_METHOD(copy_fixture, "a short one is a copy only by its name") {
  rewrite("one\n", "log");
  const auto original = read_to(4);
  const fd same = other("one\n");
  CHECK_FALSE(copied_bytes(suspect(same.get(), false), original));
  CHECK(copied_bytes(suspect(same.get(), true), original) == 4U);
}

TEST_CASE_METHOD(copy_fixture, "the copy beside a log that was cut") {
  const auto content = content_of(read_to(1200));
  const auto none = [](const identity&) { return false; };
  CHECK_FALSE(find_copy(path("log"), content, none));
  append("something else\n", "log.1");
  append(text, "log-20261122");
  const fd found = find_copy(path("log"), content, none);
  REQUIRE(found);
  CHECK(current_name(found.get()) == path("log-20261122"));
  CHECK_FALSE(find_copy(path("log"), content, [](const identity&) { return true; }));
}
