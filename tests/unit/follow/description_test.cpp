#include "temporary_directory.hpp"

#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

using namespace logpipe::follow;

namespace {

struct described : testing::temporary_directory {
  kept_generation of(std::uint64_t offset, const std::string& name = "/d/log.1") {
    const generation file(0, open(), offset);
    return describe(file, "/d/log", name);
  }
};

}  // namespace

TEST_CASE_METHOD(described, "a generation is described by its number, its names and its head") {
  append("one\ntwo\n");
  const auto made = of(4);
  const auto status = status_of(path());
  CHECK(made.id == 0);
  CHECK(made.source == "/d/log");
  CHECK(made.name == "/d/log.1");
  CHECK(made.inode == status->id.inode);
  CHECK(made.birth == status->id.birth);
  CHECK(made.head.size() == 8);
  CHECK(made.head.matches("one\ntwo\n"));
  CHECK_FALSE(made.alike);
  CHECK(made.what == kept_generation::state::open);
}

TEST_CASE_METHOD(described, "it stands where no more of it would be given") {
  append("one\ntwo\n");
  const auto made = of(4);
  CHECK(made.sent == 4);
  CHECK(made.size == 4);
  CHECK(made.file_size == 4);
  CHECK(made.read == bookmark{});
}

TEST_CASE_METHOD(described, "one that has no name any more keeps that of its log") {
  append("one\n");
  CHECK(of(0, "").name == "/d/log");
}

TEST_CASE_METHOD(described, "one that is closed is described by what was read of it") {
  append("one\ntwo\n");
  generation file(0, open(), 4);
  file.close();
  const auto made = describe(file, "/d/log", "/d/log");
  CHECK(made.head.matches("one\n"));
  CHECK(made.sent == 4);
}

TEST_CASE_METHOD(described, "content that was cut since does not change its head") {
  append("one\ntwo\n");
  generation file(0, open(), 4);
  rewrite("new\ncontent\n");
  CHECK(describe(file, "/d/log", "/d/log").head.matches("one\n"));
}

TEST_CASE_METHOD(described, "lines that are all alike are told") {
  append("ok\nok\nok\n");
  CHECK(of(9).alike);
}

TEST_CASE("one line alone is not alike with others") {
  CHECK(has_alike_lines("ok\nok\n"));
  CHECK_FALSE(has_alike_lines("ok\n"));
  CHECK_FALSE(has_alike_lines(""));
  CHECK_FALSE(has_alike_lines("one\ntwo\n"));
}

TEST_CASE("a full path is absolute, without dots") {
  CHECK(full_path("/var/./log/../log/a") == "/var/log/a");
  CHECK(full_path("a") == (std::filesystem::current_path() / "a").native());
}
