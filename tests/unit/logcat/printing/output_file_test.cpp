#include "logcat/printing/output_file.hpp"

#include "common/exit_code.hpp"

#include <logpipe/base/output.hpp>

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <support/temp_directory.hpp>

using namespace logpipe;
using logcat::output_file;
namespace fs = std::filesystem;

namespace {

void write_whole(const std::string& name, std::string_view text) {
  output_file file(name);
  write_all(file.descriptor(), text, name);
  file.put_in_place();
}

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("what a link leads to is replaced, and the link stays") {
  const test::temp_directory directory;
  fs::create_directory(directory / "elsewhere");
  fs::create_symlink("elsewhere/export", directory / "link");
  write_whole(directory / "link", "one");
  write_whole(directory / "link", "two");
  CHECK(fs::is_symlink(directory / "link"));
  CHECK(content_of(directory / "elsewhere/export") == "two");
}

TEST_CASE("nothing but a file is replaced") {
  const test::temp_directory directory;
  CHECK_THROWS_WITH(output_file(directory.path()), Catch::Contains("is a directory"));
  CHECK_THROWS_WITH(output_file("/dev/null"), Catch::Contains("is no regular file"));
  CHECK_THROWS_AS(output_file("/dev/null"), app::usage_error);
}
