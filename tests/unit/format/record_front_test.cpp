#include <logpipe/format/record_front.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using format::record_front;
using format::record_fronts;

namespace {

record of(std::string_view topic, std::int32_t partition) {
  record one;
  one.topic = topic;
  one.partition = partition;
  return one;
}

std::string text_of(const record_front& front) {
  std::string text(front.room(), '?');
  text.resize(static_cast<std::size_t>(front.put(text.data()) - text.data()));
  return text;
}

}  // namespace

TEST_CASE("a front is that of one partition of one topic") {
  record_front front;
  CHECK_FALSE(front.is_of(of("", 0)));
  CHECK(text_of(front).empty());
  front.set(of("test", 1), "a front that is longer than a block");
  CHECK(front.is_of(of("test", 1)));
  CHECK_FALSE(front.is_of(of("test", 2)));
  CHECK_FALSE(front.is_of(of("tset", 1)));
  CHECK(text_of(front) == "a front that is longer than a block");
}

TEST_CASE("fronts of partitions that alternate are made once") {
  record_fronts fronts;
  int made = 0;
  for (int round = 0; round < 3; ++round) {
    for (std::int32_t partition = 0; partition < 64; ++partition) {
      const auto make = [&](output_buffer& text) {
        ++made;
        text.append_number(partition);
      };
      CHECK(text_of(fronts.of(of("test", partition), make)) == std::to_string(partition));
    }
  }
  CHECK(made == 64);
}

TEST_CASE("fronts that take the place of each other are made anew") {
  record_fronts fronts;
  for (const std::int32_t partition : {0, 64, 0, -1, 1'000'000'063, 0}) {
    const auto make = [&](output_buffer& text) { text.append_number(partition); };
    CHECK(text_of(fronts.of(of("test", partition), make)) == std::to_string(partition));
  }
}
