#include "logtail/metrics_file.hpp"

#include "support/captured_stderr.hpp"
#include "support/temp_directory.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

using namespace logpipe;
using logtail::metrics_file;

namespace {

struct metrics_story {
  test::temp_directory directory;
  std::string path = directory / "logtail.prom";
  app::messages out{"logtail"};
  test::captured_stderr told;

  std::string content() const {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  std::ptrdiff_t files() const {
    return std::distance(std::filesystem::directory_iterator(directory.path()), {});
  }
};

}  // namespace

TEST_CASE("the metrics are replaced as a whole, readable for all") {
  metrics_story story;
  const mode_t before = ::umask(0077);
  metrics_file file(story.path, story.out);
  file.replace("first, and longer\n");
  const int old = ::open(story.path.c_str(), O_RDONLY | O_CLOEXEC);
  file.replace("second\n");
  ::umask(before);
  CHECK(story.content() == "second\n");
  std::string seen(64, '\0');
  seen.resize(static_cast<std::size_t>(std::max<ssize_t>(::read(old, seen.data(), 64), 0)));
  ::close(old);
  CHECK(seen == "first, and longer\n");
  struct stat status {};
  REQUIRE(::stat(story.path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0644);
  CHECK(story.files() == 1);
}

TEST_CASE("nothing but a regular file is replaced") {
  metrics_story story;
  CHECK(metrics_file::can_be(story.path));
  CHECK_FALSE(metrics_file::can_be(""));
  CHECK_FALSE(metrics_file::can_be(story.directory.path()));
  REQUIRE(::mkfifo(story.path.c_str(), 0600) == 0);
  const std::string link = story.directory / "link.prom";
  std::filesystem::create_symlink(story.path, link);
  for (const auto& path : {story.path, link}) {
    CHECK_FALSE(metrics_file::can_be(path));
    metrics_file(path, story.out).replace("text\n");
  }
  CHECK(std::filesystem::is_fifo(story.path));
  CHECK(std::filesystem::is_symlink(link));
  CHECK(story.files() == 2);
}

TEST_CASE("what a killed run left behind is no obstacle") {
  metrics_story story;
  metrics_file file(story.path, story.out);
  std::ofstream(file.temporary_path()) << "half";
  file.replace("whole\n");
  CHECK(story.content() == "whole\n");
  CHECK(story.files() == 1);
}

TEST_CASE("metrics that cannot be written are told once, and once more after they could") {
  metrics_story story;
  const std::string directory = story.directory / "later";
  metrics_file file(directory + "/logtail.prom", story.out);
  file.replace("text");
  file.replace("text");
  const std::string once =
      "logtail: --metrics: " + file.temporary_path() + ": No such file or directory\n";
  CHECK(story.told.text() == once);
  std::filesystem::create_directory(directory);
  file.replace("text");
  CHECK(std::filesystem::exists(file.path()));
  std::filesystem::remove_all(directory);
  file.replace("text");
  CHECK(story.told.text() == once + once);
}
