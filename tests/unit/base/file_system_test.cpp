#include <logpipe/base/file_system.hpp>

#include <catch2/catch.hpp>
#include <sys/vfs.h>

#include <support/temp_directory.hpp>

using namespace logpipe;

TEST_CASE("local file systems tell of what happens") {
  CHECK(file_system_of_type(0xef53).has_events);
  CHECK(file_system_of_type(0xef53).name == "ext4");
  CHECK(file_system_of_type(0x01021994).has_events);
}

TEST_CASE("those that others change do not") {
  CHECK_FALSE(file_system_of_type(0x6969).has_events);
  CHECK(file_system_of_type(0x6969).name == "nfs");
  CHECK_FALSE(file_system_of_type(0x65735546).has_events);
}

TEST_CASE("what is shared is known as such; an unknown one need not be") {
  CHECK(file_system_of_type(0x6969).is_shared);
  CHECK(file_system_of_type(0x01021997).is_shared);
  CHECK_FALSE(file_system_of_type(0xef53).is_shared);
  CHECK_FALSE(file_system_of_type(0x794c7630).is_shared);
  CHECK_FALSE(file_system_of_type(0x12345).is_shared);
}

TEST_CASE("an unknown one is not trusted") {
  CHECK_FALSE(file_system_of_type(0x12345).has_events);
  CHECK(file_system_of_type(0x12345).name == "0x12345");
}

TEST_CASE("a file that is not there yet will lie beside its neighbours") {
  const test::temp_directory directory;
  struct statfs here {};
  REQUIRE(::statfs(directory.path().c_str(), &here) == 0);
  const auto expected = file_system_of_type(static_cast<unsigned long>(here.f_type));
  const auto found = file_system_of(directory / "a/b/c");
  REQUIRE(found);
  CHECK(found->name == expected.name);
}
