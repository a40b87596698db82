#include <logpipe/follow/claims.hpp>

#include <catch2/catch.hpp>

using namespace logpipe::follow;

namespace {
const identity file{.device = 1, .inode = 2, .birth = 3};
}

TEST_CASE("a file belongs to who claims it first") {
  claims files;
  CHECK(files.claim(file, 1) == 0);
  CHECK_FALSE(files.claim(file, 2));
  CHECK(files.claim(file, 1) == 0);
  CHECK(files.claim({.device = 1, .inode = 2, .birth = 4}, 2) == 0);
}

TEST_CASE("who has waited for a file goes on where the other left off") {
  claims files;
  files.claim(file, 1);
  files.claim(file, 2);
  files.release(file, 100);
  CHECK(files.claim(file, 2) == 100);
}

TEST_CASE("a file that nobody waited for is forgotten") {
  claims files;
  files.claim(file, 1);
  files.release(file, 100);
  CHECK(files.claim(file, 2) == 0);
}
