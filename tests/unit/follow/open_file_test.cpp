#include "temporary_directory.hpp"

#include <logpipe/follow/file/open_file.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

namespace {

int error_of_opening(const std::string& path) {
  try {
    open_regular(path);
  } catch (const std::system_error& failed) {
    CHECK(std::string(failed.what()).find(path) != std::string::npos);
    return failed.code().value();
  }
  return 0;
}

}  // namespace

TEST_CASE_METHOD(temporary_directory, "a regular file is opened, also by a link to it") {
  append("one\n");
  std::filesystem::create_symlink(path(), path("link"));
  for (const auto* name : {"file", "link"}) {
    const logpipe::fd file = open_regular(path(name));
    char byte = 0;
    CHECK(::read(file.get(), &byte, 1) == 1);
    CHECK(byte == 'o');
    CHECK((::fcntl(file.get(), F_GETFD) & FD_CLOEXEC) != 0);
  }
}

TEST_CASE_METHOD(temporary_directory, "an empty file can be opened") {
  append("");
  CHECK(error_of_opening(path()) == 0);
}

TEST_CASE_METHOD(temporary_directory,
                 "what is no regular file is refused, and keeps nobody waiting") {
  REQUIRE(::mkfifo(path("fifo").c_str(), 0600) == 0);
  std::filesystem::create_directory(path("directory"));
  CHECK(error_of_opening(path("fifo")) == EINVAL);
  CHECK(error_of_opening(path("directory")) == EISDIR);
  CHECK(error_of_opening("/dev/null") == EINVAL);
  CHECK(error_of_opening(path("none")) == ENOENT);
}

TEST_CASE("a file that hides its size is refused") {
  CHECK(error_of_opening("/proc/self/status") == EINVAL);
}

TEST_CASE("a mode says whether it is a regular file's") {
  CHECK_NOTHROW(require_regular(S_IFREG | 0644, "file"));
  CHECK_THROWS_AS(require_regular(S_IFSOCK | 0644, "socket"), std::system_error);
}
