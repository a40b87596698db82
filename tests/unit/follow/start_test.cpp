#include "temporary_directory.hpp"

#include <logpipe/follow/file/start.hpp>

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

using namespace logpipe;
using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

namespace {

struct start_fixture : temporary_directory {
  std::string delimiter = "\n";
  std::uint64_t begins(start_at::kind where, std::uint64_t lines = 0) {
    const fd file = open();
    return start_offset(file.get(), std::filesystem::file_size(path()), {where, lines},
                        {.end = line_end(delimiter), .max_line = 200'000});
  }
  std::uint64_t last(std::uint64_t lines) { return begins(start_at::kind::last_lines, lines); }
  std::uint64_t end() { return begins(start_at::kind::end); }
};

}  // namespace

TEST_CASE_METHOD(start_fixture, "the beginning is 0") {
  append("one\ntwo\n");
  CHECK(begins(start_at::kind::beginning) == 0);
}

TEST_CASE_METHOD(start_fixture, "the end is behind the last line end") {
  append("");
  CHECK(end() == 0);
  append("one");
  CHECK(end() == 0);
  append("\n");
  CHECK(end() == 4);
  append("two\nhalf");
  CHECK(end() == 8);
}

TEST_CASE_METHOD(start_fixture, "an unfinished line that is too long is skipped") {
  append("one\n" + std::string(200'000, 'x'));
  CHECK(end() == 4);
  append("x");
  CHECK(end() == 200'005);
}

TEST_CASE_METHOD(start_fixture, "the last lines are counted as tail counts them") {
  append("one\ntwo\nthree\n");
  CHECK(last(0) == 14);
  CHECK(last(1) == 8);
  CHECK(last(2) == 4);
  CHECK(last(3) == 0);
  CHECK(last(4) == 0);
  append("half");
  CHECK(last(1) == 14);
  CHECK(last(2) == 8);
}

TEST_CASE_METHOD(start_fixture, "the last lines of an empty file") {
  append("");
  CHECK(last(3) == 0);
}

TEST_CASE_METHOD(start_fixture, "the last lines are searched beyond a block") {
  const std::string line(999, 'x');
  for (int i = 0; i < 500; ++i) {
    append(line + "\n");
  }
  CHECK(last(1) == 499'000);
  CHECK(last(200) == 300'000);
  CHECK(last(500) == 0);
}

TEST_CASE_METHOD(start_fixture, "lines are counted by their own line end") {
  delimiter = "--";
  append("one\n--two--three-");
  CHECK(end() == 11);
  CHECK(last(1) == 11);
  CHECK(last(2) == 6);
  CHECK(last(3) == 0);
  append("-");
  CHECK(end() == 18);
  CHECK(last(1) == 11);
}

TEST_CASE_METHOD(start_fixture, "a line end across the blocks that are read is found") {
  delimiter = "<--->";
  append(std::string(1000, 'x') + delimiter);
  const auto begin = std::filesystem::file_size(path());
  append(std::string(65536 - 8, 'y'));
  for (int i = 0; i < 16; ++i) {
    append("y");
    CHECK(end() == begin);
    CHECK(last(1) == begin);
    CHECK(last(2) == 0);
  }
}
