#include <logpipe/base/atomic_file.hpp>
#include <logpipe/base/output.hpp>

#include <catch2/catch.hpp>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <support/temp_directory.hpp>
#include <system_error>

using namespace logpipe;
namespace fs = std::filesystem;

namespace {

struct output_story {
  test::temp_directory directory;
  std::string path = directory / "export";

  static void write(const atomic_file& file, std::string_view text) {
    write_all(file.descriptor(), text, file.path());
  }
  void stands_there(const std::string& text, mode_t mode) const {
    std::ofstream(path) << text;
    REQUIRE(::chmod(path.c_str(), mode) == 0);
  }
  std::string content() const {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  mode_t mode() const {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 07777 : 0;
  }
  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(directory.path()), fs::directory_iterator());
  }
  /// A process that was killed while it wrote there.
  void leave_unfinished() const {
    const pid_t child = ::fork();
    if (child == 0) {
      const atomic_file file(path);
      write(file, "half of");
      ::raise(SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
  }
};

/// For its life new files are made with this mask.
class file_mask {
public:
  explicit file_mask(mode_t mask) : m_before(::umask(mask)) {}
  ~file_mask() { ::umask(m_before); }
  file_mask(const file_mask&) = delete;
  file_mask& operator=(const file_mask&) = delete;

private:
  mode_t m_before;
};

}  // namespace

TEST_CASE_METHOD(output_story, "the file is there when it is put there") {
  const file_mask mask(027);
  {
    atomic_file file(path);
    write(file, "all");
    CHECK_FALSE(fs::exists(path));
    file.put_in_place();
  }
  CHECK(content() == "all");
  CHECK(mode() == 0640);
  CHECK(files() == 1);
}

TEST_CASE_METHOD(output_story, "what is not put there leaves nothing, and what was stays") {
  stands_there("old", 0644);
  {
    const atomic_file file(path);
    write(file, "new");
  }
  CHECK(content() == "old");
  CHECK(files() == 1);
}

TEST_CASE_METHOD(output_story, "a file is replaced as a whole and keeps its mode") {
  const file_mask mask(077);
  stands_there("an old and longer text", 0664);
  atomic_file file(path);
  write(file, "new");
  file.put_in_place();
  CHECK(content() == "new");
  CHECK(mode() == 0664);
}

TEST_CASE_METHOD(output_story, "what a killed process left is removed by the next one") {
  leave_unfinished();
  CHECK(files() == 1);
  const atomic_file next(path);
  CHECK(files() == 1);
  SECTION("and only what belongs to the same name") {
    std::ofstream(directory / ".exports.unfinished-1-0") << "other";
    const atomic_file third(path);
    CHECK(fs::exists(directory / ".exports.unfinished-1-0"));
  }
}

TEST_CASE_METHOD(output_story, "two that write at once do not disturb each other") {
  atomic_file first(path);
  atomic_file second(path);
  write(first, "first");
  write(second, "second");
  second.put_in_place();
  CHECK(content() == "second");
  first.put_in_place();
  CHECK(content() == "first");
  CHECK(files() == 1);
}

TEST_CASE_METHOD(output_story, "a directory that is not there is named") {
  CHECK_THROWS_WITH(atomic_file(directory / "absent/export"), Catch::Contains("absent/export"));
}

TEST_CASE_METHOD(output_story, "a file that may not grow fails before anything is written") {
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_FSIZE, &none);
    try {
      const atomic_file file(path);
      ::_exit(1);
    } catch (const std::system_error& error) {
      ::_exit(error.code().value() == EFBIG && files() == 0 ? 0 : 2);
    }
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  CHECK(status == 0);
}
