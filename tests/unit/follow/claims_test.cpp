#include <logpipe/follow/claims.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <string_view>

using namespace logpipe;
using namespace logpipe::follow;
using namespace std::chrono_literals;

namespace {

constexpr identity file{.device = 1, .inode = 2, .birth = 3};
constexpr time_point now{1h};

bookmark after(std::string_view text) {
  return {.offset = text.size(), .before = print_of(text)};
}

}  // namespace

TEST_CASE("a file belongs to who claims it first") {
  claims files;
  CHECK(files.claim(file, 1)->offset == 0);
  CHECK_FALSE(files.claim(file, 2));
  CHECK(files.claim(file, 1)->offset == 0);
  CHECK(files.claim({.device = 1, .inode = 2, .birth = 4}, 2)->offset == 0);
}

TEST_CASE("the next one goes on where the one before left off") {
  claims files;
  files.claim(file, 1);
  files.release(file, after("text"), now);
  CHECK(files.claim(file, 2)->offset == 4);
}

TEST_CASE("a file is to be read by one, and when it holds more than was read") {
  claims files;
  CHECK(files.is_to_read(file, 4, now));
  files.claim(file, 1);
  CHECK_FALSE(files.is_to_read(file, 4, now));
  files.release(file, after("text"), now);
  CHECK_FALSE(files.is_to_read(file, 4, now));
  CHECK(files.is_to_read(file, 5, now));
  CHECK(files.is_to_read(file, 3, now));  // it has been cut
}

TEST_CASE("what nobody asks about any more is forgotten") {
  claims files;
  for (std::uint64_t inode = 0; inode < 100'000; ++inode) {
    const identity one{.device = 1, .inode = inode, .birth = 3};
    files.claim(one, 1);
    files.release(one, after("text"), now + inode * 1s);
    REQUIRE_FALSE(files.is_to_read({.device = 1, .inode = 0, .birth = 3}, 4, now + inode * 1s));
  }
  CHECK(files.size() < 10'000);
}
