#include <logpipe/base/fd.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

using logpipe::fd;

namespace {

fd open_null() {
  return fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

bool is_open(int number) {
  return ::fcntl(number, F_GETFD) >= 0;
}

}  // namespace

TEST_CASE("a descriptor is closed at the end of its owner") {
  int number = -1;
  {
    const fd owner = open_null();
    number = owner.get();
    REQUIRE(is_open(number));
  }
  CHECK_FALSE(is_open(number));
}

TEST_CASE("a descriptor moves, and what was held is closed") {
  fd first = open_null();
  fd second = open_null();
  const int kept = first.get();
  const int replaced = second.get();
  second = std::move(first);
  CHECK(second.get() == kept);
  CHECK(is_open(kept));
  CHECK_FALSE(is_open(replaced));
  CHECK_FALSE(static_cast<bool>(first));  // NOLINT(bugprone-use-after-move): what moving leaves
}

TEST_CASE("a released descriptor stays open and belongs to the caller") {
  fd owner = open_null();
  const fd taken(owner.release());
  CHECK_FALSE(static_cast<bool>(owner));
  owner.reset();
  CHECK(is_open(taken.get()));
}

TEST_CASE("throw_errno carries the number and what was done") {
  try {
    logpipe::throw_errno(ENOENT, "app.log");
  } catch (const std::system_error& error) {
    CHECK(error.code() == std::errc::no_such_file_or_directory);
    CHECK(std::string(error.what()) == "app.log: No such file or directory");
  }
}
