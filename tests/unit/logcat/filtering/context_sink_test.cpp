#include "logcat/filtering/context_sink.hpp"

#include "value_sink.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <vector>

using namespace logpipe;
using logcat::context_sink;
using logcat::context_size;
using test::run_of;

namespace {

struct context_story {
  explicit context_story(context_size size, std::optional<std::int64_t> most = std::nullopt)
      : sink(filter, size, most, printed, [this](std::size_t) { ++shortages; }) {}

  std::size_t take(const std::string& values, std::int32_t partition = 0) {
    return sink.take(run_of(values, partition));
  }

  format::record_filter filter = test::values_with_x();
  test::value_sink printed;
  int shortages = 0;
  context_sink sink;
};

}  // namespace

TEST_CASE("records around a match are printed, each once and in order") {
  context_story story({.before = 2, .after = 1});
  story.take("a b c x1 d e x2 x3 f g h i x4");
  CHECK(story.printed.text() == "b c x1 d e x2 x3 f h i x4");
  CHECK(story.sink.matches() == 4);
}

TEST_CASE("context reaches over the ends of runs") {
  context_story story({.before = 2, .after = 2});
  for (const char* run : {"a", "b", "c", "x1", "d", "e f", "g", "x2"}) {
    CHECK(story.take(run) == run_of(run).records().size());
  }
  CHECK(story.printed.text() == "b c x1 d e f g x2");
}

TEST_CASE("context is that of the partition") {
  context_story story({.before = 1, .after = 1});
  story.take("a0 b0", 0);
  story.take("a1 b1 x1", 1);
  story.take("c0 x0", 0);
  story.take("c1 d1", 1);
  story.take("d0 e0", 0);
  CHECK(story.printed.text() == "b1 x1 c0 x0 c1 d0");
}

TEST_CASE("the context behind the last match that counts is printed, and then no more is wanted") {
  context_story story({.before = 0, .after = 2}, 2);
  CHECK(story.take("x1 a b c x2 d") == 6);
  CHECK_FALSE(story.sink.enough());
  CHECK(story.take("e f g") == 1);
  CHECK(story.sink.enough());
  CHECK(story.printed.text() == "x1 a b x2 d e");
}

TEST_CASE("a further match is context like any other record, as behind grep's -m") {
  context_story story({.before = 1, .after = 3}, 1);
  CHECK(story.take("x1 a x2 b c") == 4);
  CHECK(story.sink.enough());
  CHECK(story.printed.text() == "x1 a x2 b");
  CHECK(story.sink.matches() == 1);
}

TEST_CASE("other partitions give the context that they owe, and nothing else") {
  context_story story({.before = 0, .after = 2}, 2);
  story.take("x0 a0", 0);
  story.take("x1", 1);
  CHECK(story.take("a2 x2", 2) == 0);
  CHECK_FALSE(story.sink.enough());
  CHECK(story.take("a1 b1 c1", 1) == 2);
  CHECK(story.take("b0 c0", 0) == 1);
  CHECK(story.sink.enough());
  CHECK(story.printed.text() == "x0 a0 x1 a1 b1 b0");
}

TEST_CASE("without context behind it the last match is the end") {
  context_story story({.before = 1, .after = 0}, 1);
  CHECK(story.take("a x1 b") == 2);
  CHECK(story.sink.enough());
  CHECK(story.printed.text() == "a x1");
}

TEST_CASE("a shortage of memory is told once, and the nearest records stay") {
  context_story story({.before = 4, .after = 0});
  const std::string huge(7 << 20, 'a');
  for (int i = 0; i < 4; ++i) {
    story.take(huge);
  }
  CHECK(story.shortages == 1);
  story.take("x");
  CHECK(story.printed.values.size() == 3);
}

TEST_CASE("whatever the runs, what is printed is what grep prints") {
  std::mt19937 random(GENERATE(range(1U, 60U)));
  const context_size size{.before = random() % 4, .after = random() % 4};
  std::vector<std::string> values;
  values.reserve(60);
  for (int i = 0; i < 60; ++i) {
    values.push_back((random() % 6 == 0 ? "x" : "v") + std::to_string(i));
  }
  std::string expected;
  const auto last = static_cast<std::ptrdiff_t>(values.size()) - 1;
  for (std::ptrdiff_t i = 0; i <= last; ++i) {
    // Printed when a match lies so far behind it or before it.
    const auto from = std::max<std::ptrdiff_t>(0, i - static_cast<std::ptrdiff_t>(size.after));
    const auto to = std::min(last, i + static_cast<std::ptrdiff_t>(size.before));
    bool near = false;
    for (auto at = from; at <= to; ++at) {
      near = near || values[static_cast<std::size_t>(at)].front() == 'x';
    }
    if (near) expected += (expected.empty() ? "" : " ") + values[static_cast<std::size_t>(i)];
  }
  context_story story(size);
  for (std::size_t at = 0; at < values.size();) {
    std::string run;
    for (std::size_t left = 1 + random() % 8; left > 0 && at < values.size(); --left) {
      run += values[at++] + " ";
    }
    story.take(run);
  }
  CHECK(story.printed.text() == expected);
}
