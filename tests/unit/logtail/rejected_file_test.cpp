#include "logtail/rejected_file.hpp"

#include "common/exit_code.hpp"
#include "support/captured_stderr.hpp"
#include "support/temp_directory.hpp"

#include <catch2/catch.hpp>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>
#include <string>

using namespace logpipe;
using logtail::rejected_file;

namespace {

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

record refused(std::string_view value) {
  record made;
  made.topic = "test";
  made.partition = -1;
  made.offset = -1;
  made.value = value;
  return made;
}

std::string line_of(const std::string& value) {
  return R"({"topic":"test","partition":null,"offset":null,"timestamp":null,)"
         R"("timestamp_type":"none","headers":[],"key":null,"value":")" +
         value + "\"}\n";
}

/// For its life files cannot grow beyond a size, as on a full disk.
class size_limit {
public:
  explicit size_limit(rlim_t bytes) {
    m_handler = ::signal(SIGXFSZ, SIG_IGN);
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &m_before) == 0);
    const rlimit limited{bytes, m_before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limited) == 0);
  }
  ~size_limit() {
    ::setrlimit(RLIMIT_FSIZE, &m_before);
    ::signal(SIGXFSZ, m_handler);
  }
  size_limit(const size_limit&) = delete;
  size_limit& operator=(const size_limit&) = delete;

private:
  rlimit m_before{};
  void (*m_handler)(int) = nullptr;
};

struct rejected_story {
  test::temp_directory directory;
  std::string path = directory / "rejected";
  app::messages out{"logtail"};
  test::captured_stderr told;
};

}  // namespace

TEST_CASE("the file of rejected records is there from the start, for its owner alone") {
  rejected_story story;
  const rejected_file file(story.path, story.out);
  struct stat status {};
  REQUIRE(::stat(story.path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(status.st_size == 0);
  CHECK(file.identity().inode == status.st_ino);
}

TEST_CASE("a file of rejected records that cannot be written is a usage error") {
  rejected_story story;
  CHECK_THROWS_AS(rejected_file(story.directory.path(), story.out), app::usage_error);
  CHECK_THROWS_AS(rejected_file(story.directory / "none/rejected", story.out), app::usage_error);
}

TEST_CASE("rejected records are added as logcat -J writes them, behind what is there") {
  rejected_story story;
  for (const std::string run : {"first", "second"}) {
    rejected_file file(story.path, story.out);
    const std::array records{refused(run), refused("more")};
    CHECK(file.append(records));
  }
  CHECK(content_of(story.path) ==
        line_of("first") + line_of("more") + line_of("second") + line_of("more"));
}

TEST_CASE("a line that was cut off by a power loss stays on its own") {
  rejected_story story;
  std::ofstream(story.path) << line_of("whole") << R"({"topic":"te)";
  rejected_file file(story.path, story.out);
  const std::array records{refused("next")};
  CHECK(file.append(records));
  CHECK(content_of(story.path) == line_of("whole") + "{\"topic\":\"te\n" + line_of("next"));
}

TEST_CASE("on a full disk nothing is left of what did not fit, and it can be given again") {
  rejected_story story;
  rejected_file file(story.path, story.out);
  const std::array first{refused("first")};
  REQUIRE(file.append(first));
  const std::array records{refused("second"), refused("third")};
  CHECK(story.told.text().empty());
  {
    const size_limit full(line_of("first").size() * 2);
    CHECK_FALSE(file.append(records));
    CHECK_FALSE(file.append(records));
  }
  CHECK(content_of(story.path) == line_of("first"));
  CHECK(story.told.text() ==
        "logtail: --rejected: " + story.path + ": File too large; what was refused waits for it\n");
  CHECK(file.append(records));
  CHECK_THAT(story.told.text(), Catch::EndsWith("takes what was refused again\n"));
  CHECK(content_of(story.path) == line_of("first") + line_of("second") + line_of("third"));
}

TEST_CASE("what is no regular file takes records where it can") {
  rejected_story story;
  const std::array records{refused("value")};
  CHECK(rejected_file("/dev/null", story.out).append(records));
  CHECK_FALSE(rejected_file("/dev/full", story.out).append(records));
}
