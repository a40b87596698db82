#include <logpipe/follow/open_files.hpp>

#include <catch2/catch.hpp>

using namespace logpipe::follow;

TEST_CASE("the one least lately used closes its file") {
  open_files files(2);
  files.opened(1);
  files.opened(2);
  CHECK_FALSE(files.to_close());
  files.opened(3);
  CHECK(files.to_close() == 1U);
  files.used(1);
  CHECK(files.to_close() == 2U);
  files.closed(2);
  CHECK_FALSE(files.to_close());
  CHECK(files.count() == 2);
}

TEST_CASE("a source with two files stays until both are closed") {
  open_files files(1);
  files.opened(1);
  files.opened(1);
  CHECK(files.to_close() == 1U);
  files.closed(1);
  files.opened(2);
  CHECK(files.to_close() == 1U);
  files.closed(1);
  files.opened(3);
  CHECK(files.to_close() == 2U);
}

TEST_CASE("without a limit of its own, the process's counts") {
  open_files files(std::nullopt);
  files.opened(1);
  CHECK_FALSE(files.to_close());
}
