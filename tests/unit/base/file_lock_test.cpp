#include <logpipe/base/file_lock.hpp>

#include <catch2/catch.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <support/temp_directory.hpp>
#include <system_error>
#include <utility>

using logpipe::file_lock;
using logpipe::test::temp_directory;

namespace {

struct lock_fixture {
  temp_directory directory;
  std::string path = directory / "state.lock";

  std::optional<file_lock> take() const {
    auto taken = file_lock::try_lock(path);
    if (auto* lock = std::get_if<file_lock>(&taken)) return std::move(*lock);
    return std::nullopt;
  }
  pid_t holder() const { return std::get<file_lock::holder>(file_lock::try_lock(path)).pid; }
  std::string text() const {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

}  // namespace

TEST_CASE_METHOD(lock_fixture, "who comes second is told the pid of the first") {
  const auto first = take();
  REQUIRE(first);
  CHECK(holder() == ::getpid());
  CHECK(text() == std::to_string(::getpid()) + "\n");
}

TEST_CASE_METHOD(lock_fixture, "a lock is free again with its owner, and the file stays") {
  std::ofstream(path) << "12345678901\nof a run that was killed";
  REQUIRE(take());
  CHECK(text() == std::to_string(::getpid()) + "\n");
  CHECK(take());
}

TEST_CASE_METHOD(lock_fixture, "a holder that has not written its pid yet is one nevertheless") {
  const auto first = take();
  REQUIRE(::truncate(path.c_str(), 0) == 0);
  CHECK(holder() == 0);
}

TEST_CASE_METHOD(lock_fixture, "the file is for its owner alone") {
  REQUIRE(take());
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
}

TEST_CASE_METHOD(lock_fixture, "what cannot be a lock file is an error that names it") {
  SECTION("no directory") {
    path = directory / "none/state.lock";
  }
  SECTION("a symbolic link") {
    REQUIRE(::symlink("elsewhere", path.c_str()) == 0);
  }
  SECTION("a directory") {
    REQUIRE(::mkdir(path.c_str(), 0700) == 0);
  }
  CHECK_THROWS_AS(take(), std::system_error);
  CHECK_THROWS_WITH(take(), Catch::StartsWith(path));
}
