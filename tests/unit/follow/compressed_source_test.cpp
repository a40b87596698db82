#include "surrounded.hpp"

#include <logpipe/follow/compressed_source.hpp>

#include <catch2/catch.hpp>

#include <optional>
#include <support/compressed_text.hpp>
#include <utility>
#include <vector>

using namespace logpipe::follow;
using logpipe::time_point;
using logpipe::test::compressed;

namespace {

/// A compressed file of which an earlier run has kept how far it came.
struct kept_fixture : testing::surrounded {
  std::optional<compressed_source> log;
  std::string took;

  void read_from(const bookmark& start, std::string_view text) {
    rewrite(compressed(compression::zstd, text), "log.zst");
    log.emplace(0, path("log.zst"), around, time_point{}, start, std::vector<kept_id>{42});
    chunk out;
    while (!log->finished()) {
      if (log->read(out, time_point{}) != source::progress::lines) continue;
      for (const auto line : out.lines) {
        took += std::string(line) + '\n';
      }
    }
  }
  generation_begun begun() const {
    REQUIRE(events.size() == 1 + told<generation_ended>().size());
    return std::get<generation_begun>(events[0]);
  }
};

}  // namespace

TEST_CASE_METHOD(kept_fixture, "a compressed file is read on where an earlier run came to") {
  const bookmark start{8, print_of("one\ntwo\n")};
  read_from(start, "one\ntwo\nthree\n");
  CHECK(took == "three\n");
  CHECK(begun().generation == 5);
  CHECK(begun().now.read == start);
  CHECK(begun().now.sent == 8);
  CHECK(begun().now.what == kept_generation::state::open);
  CHECK(begun().continues == std::vector<kept_id>{42});
}

TEST_CASE_METHOD(kept_fixture, "it is read from its first byte where other content stands") {
  const bool shorter = GENERATE(true, false);
  const std::string text = shorter ? "new\n" : "another\ncontent\n";
  read_from({8, print_of("one\ntwo\n")}, text);
  CHECK(took == text);
  CHECK(begun().now.read == bookmark{});
  CHECK(begun().continues.empty());
}

TEST_CASE_METHOD(kept_fixture, "one that was done with gives nothing, and is told as before") {
  read_from({8, print_of("one\ntwo\n")}, "one\ntwo\n");
  CHECK(took.empty());
  CHECK(begun().continues == std::vector<kept_id>{42});
}

TEST_CASE_METHOD(kept_fixture, "at its end it is described as done up to its last line") {
  read_from({}, "one\ntwo\n");
  REQUIRE(told<generation_ended>().size() == 1);
  const kept_generation ended = told<generation_ended>()[0].last;
  CHECK(ended.size == 8);
  CHECK(ended.what == kept_generation::state::followed);
  CHECK(ended.head.matches("one\ntwo\n"));
  CHECK(ended.source == path("log.zst"));
}
