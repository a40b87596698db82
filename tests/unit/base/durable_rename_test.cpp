#include <logpipe/base/durable_rename.hpp>

#include <catch2/catch.hpp>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <support/temp_directory.hpp>
#include <system_error>

using namespace logpipe;

namespace {

struct two_names {
  test::temp_directory directory;
  std::string from = directory / "from";
  std::string to = directory / "to";

  two_names() { write(from, "new"); }

  static void write(const std::string& path, const std::string& text) {
    std::ofstream(path) << text;
  }
  std::string content() const {
    std::ifstream file(to);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool left() const { return std::filesystem::exists(from); }
};

int error_of(const std::string& from, const std::string& to, existing what) {
  try {
    rename_durably(from, to, what);
  } catch (const std::system_error& error) {
    return error.code().value();
  }
  return 0;
}

}  // namespace

TEST_CASE_METHOD(two_names, "a file gets its name where there was none") {
  rename_durably(from, to, existing::keep);
  CHECK(content() == "new");
  CHECK_FALSE(left());
}

TEST_CASE_METHOD(two_names, "what stands there is replaced, or kept") {
  write(to, "old");
  CHECK(error_of(from, to, existing::keep) == EEXIST);
  CHECK(content() == "old");
  CHECK(left());
  rename_durably(from, to, existing::replace);
  CHECK(content() == "new");
}

TEST_CASE_METHOD(two_names, "a failure names the file") {
  CHECK(error_of(directory / "absent", to, existing::replace) == ENOENT);
  CHECK(error_of(from, directory / "absent/to", existing::replace) == ENOENT);
  CHECK_THROWS_WITH(rename_durably(from, directory / "absent/to", existing::replace),
                    Catch::Contains("absent/to"));
}
