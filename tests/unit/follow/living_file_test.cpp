#include "surrounded.hpp"

#include <logpipe/follow/memory/living_file.hpp>

#include <filesystem>

using namespace logpipe::follow;

namespace {

struct living_fixture : testing::surrounded {
  directory_lists lists;
  bool lives(const kept_generation& what) { return static_cast<bool>(living_file(what, lists)); }
};

}  // namespace

TEST_CASE_METHOD(living_fixture, "a file lives where it was, and beside its log") {
  append("one\ntwo\n", "log");
  const auto known = read_to(4);
  CHECK(lives(known));
  append("three\n", "log");
  CHECK(lives(known));
  rename("log", "anything");
  CHECK(lives(known));
  remove("anything");
  CHECK_FALSE(lives(known));
}

TEST_CASE_METHOD(living_fixture, "another file under its name is not it") {
  append("one\ntwo\n", "log");
  const auto known = read_to(4);
  append("one\ntwo\n", "other");
  rename("other", "log");
  CHECK_FALSE(lives(known));
}

TEST_CASE_METHOD(living_fixture, "one that was cut is not what was kept") {
  append("one\ntwo\n", "log");
  auto known = read_to(4);
  rewrite("new\n", "log");
  CHECK_FALSE(lives(known));
}

TEST_CASE_METHOD(living_fixture, "one that is kept as replaced is gone") {
  append("one\n", "log");
  auto known = read_to(4);
  known.what = kept_generation::state::replaced;
  CHECK_FALSE(lives(known));
}

TEST_CASE_METHOD(living_fixture, "of several it is enough that one lives") {
  append("one\n", "log");
  auto here = read_to(4);
  here.id = 2;
  auto gone = here;
  gone.id = 1;
  gone.inode += 1'000'000;
  kept = memory({gone, here});
  recollection known;
  known.as = {1};
  CHECK_FALSE(living_file(kept, known, lists));
  known.as = {1, 2};
  CHECK(living_file(kept, known, lists));
}
