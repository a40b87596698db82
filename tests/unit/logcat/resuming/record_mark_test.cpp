#include "logcat/resuming/record_mark.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <string>

using namespace logpipe;
using namespace logpipe::logcat;

namespace {

std::uint64_t hash_of(bytes key, bytes value) {
  record one;
  one.key = key;
  one.value = value;
  return mark_of(one).hash;
}

}  // namespace

TEST_CASE("a record is known by its place, its time and what is in it") {
  record one;
  one.offset = 7;
  one.timestamp = 1234;
  one.key = "k";
  one.value = "v";
  const record_mark mark = mark_of(one);
  CHECK(mark.offset == 7);
  CHECK(mark.timestamp == 1234);
  CHECK(mark == mark_of(one));
  one.value = "w";
  CHECK(mark != mark_of(one));
}

TEST_CASE("null and empty, and the border between key and value, count") {
  CHECK(hash_of(std::nullopt, "") != hash_of("", std::nullopt));
  CHECK(hash_of("", "") != hash_of("", std::nullopt));
  CHECK(hash_of("ab", "c") != hash_of("a", "bc"));
}

TEST_CASE("of a large value both ends and the size count") {
  const std::string large(1'000'000, 'x');
  const auto changed = [&](std::size_t at) {
    std::string other = large;
    other[at] = 'y';
    return hash_of("k", other);
  };
  const auto before = hash_of("k", large);
  CHECK(before != changed(0));
  CHECK(before != changed(large.size() - 1));
  CHECK(before != hash_of("k", large + "x"));
  const std::string medium(60'000, 'x');
  std::string other = medium;
  other[30'000] = 'y';
  CHECK(hash_of("k", medium) != hash_of("k", other));
}
