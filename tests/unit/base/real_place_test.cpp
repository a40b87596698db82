#include <logpipe/base/real_place.hpp>

#include <catch2/catch.hpp>

#include <cerrno>
#include <filesystem>
#include <support/temp_directory.hpp>
#include <system_error>

using namespace logpipe;
namespace fs = std::filesystem;

namespace {

struct places {
  test::temp_directory directory;
  std::string real = fs::canonical(directory.path());
};

}  // namespace

TEST_CASE_METHOD(places, "a file need not be there, its directory must") {
  CHECK(real_place(directory / "file") == real + "/file");
  CHECK(real_place(directory / "./file") == real + "/file");
  try {
    real_place(directory / "absent/file");
    FAIL("there is no such directory");
  } catch (const std::system_error& error) {
    CHECK(error.code().value() == ENOENT);
    CHECK_THAT(error.what(), Catch::Contains("absent/file"));
  }
}

TEST_CASE_METHOD(places, "links are followed, those to nothing too") {
  fs::create_directory(directory / "elsewhere");
  fs::create_symlink("elsewhere/target", directory / "link");
  fs::create_symlink("link", directory / "link-to-link");
  CHECK(real_place(directory / "link") == real + "/elsewhere/target");
  CHECK(real_place(directory / "link-to-link") == real + "/elsewhere/target");
}

TEST_CASE_METHOD(places, "a circle of links is left somewhere") {
  fs::create_symlink("b", directory / "a");
  fs::create_symlink("a", directory / "b");
  CHECK_FALSE(real_place(directory / "a").empty());
}
