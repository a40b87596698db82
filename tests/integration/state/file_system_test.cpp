// File systems that are not here: the linker leads statfs(2) through this file (--wrap).
#include <logpipe/ship/position_database.hpp>
#include <logpipe/ship/read_positions.hpp>

#include <catch2/catch.hpp>
#include <sys/vfs.h>

#include <filesystem>
#include <support/temp_directory.hpp>

using namespace logpipe;
using namespace logpipe::ship;

namespace {

unsigned long pretended = 0;  // a wrapped call has no other way to it

struct file_system_story {
  test::temp_directory directory;
  std::string path = directory / "state";

  ~file_system_story() { pretended = 0; }
};

}  // namespace

// The names are those that ld's --wrap asks for.
// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-identifier-naming)
extern "C" {
int __real_statfs(const char* path, struct statfs* found);

int __wrap_statfs(const char* path, struct statfs* found) {
  const int result = __real_statfs(path, found);
  if (pretended != 0) found->f_type = static_cast<decltype(found->f_type)>(pretended);
  return result;
}
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-identifier-naming)

TEST_CASE_METHOD(file_system_story, "a state file on the network is refused by the type's name") {
  { const position_database made(path); }
  pretended = 0x6969;
  CHECK_THROWS_AS(lock_state(path), state_error);
  CHECK_THROWS_WITH(position_database(path),
                    Catch::StartsWith(path + ": lies on nfs, where locks are not safe; name a"));
  CHECK(read_positions(path));
}

TEST_CASE_METHOD(file_system_story, "nothing is made on the network") {
  pretended = 0xff534d42;
  CHECK_THROWS_WITH(lock_state(path), Catch::Contains("lies on cifs"));
  CHECK_THROWS_AS(position_database(path), state_error);
  CHECK(std::filesystem::is_empty(directory.path()));
}

TEST_CASE_METHOD(file_system_story, "local ones are fine, and those that are not known") {
  pretended = GENERATE(0xef53UL, 0x794c7630UL, 0x12345678UL);
  CHECK_NOTHROW(lock_state(path));
  CHECK(position_database(path).load().generations.empty());
}
