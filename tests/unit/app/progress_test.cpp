#include "common/progress.hpp"

#include "support/captured_stderr.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <string>

using namespace logpipe;
using app::progress;
using app::progress_line;
using app::progress_text;

namespace {

constexpr std::uint64_t mib = 1 << 20;

progress lines_of(std::uint64_t bytes, std::uint64_t total, std::uint64_t lines) {
  progress how_far;
  how_far.bytes = bytes;
  how_far.total_bytes = total;
  how_far.items = lines;
  how_far.noun = "lines";
  return how_far;
}

/// A progress line on what stands for a terminal of 80 columns, and a clock.
struct progress_story {
  test::captured_stderr screen;
  app::messages out{"logtail"};
  progress_line line{"logtail", STDERR_FILENO, out};
  time_point now{std::chrono::hours(1)};

  void show(std::uint64_t lines) { line.show(lines_of(mib, 4 * mib, lines), now); }
};

}  // namespace

TEST_CASE("progress is bytes, share, lines, rate and the time that is left") {
  progress_text text;
  const time_point start{};
  CHECK(text.at(lines_of(0, 100 * mib, 0), start) == "0 of 100M (0 %), 0 lines");
  CHECK(text.at(lines_of(20 * mib, 100 * mib, 5000), start + milliseconds(4000)) ==
        "20M of 100M (20 %), 5000 lines, 5M/s, 17s left");
  CHECK(text.at(lines_of(100 * mib, 100 * mib, 9000), start + milliseconds(5000)) ==
        "100M of 100M (100 %), 9000 lines, 20M/s");
}

TEST_CASE("the rate is that of the last ten seconds") {
  progress_text text;
  const time_point start{};
  text.at(lines_of(0, 100 * mib, 0), start);
  text.at(lines_of(50 * mib, 100 * mib, 0), start + std::chrono::seconds(5));
  text.at(lines_of(50 * mib, 100 * mib, 0), start + std::chrono::seconds(10));
  CHECK(text.at(lines_of(50 * mib, 100 * mib, 0), start + std::chrono::seconds(20)) ==
        "50M of 100M (50 %), 0 lines, 0/s");
}

TEST_CASE("progress without a known total") {
  progress how_far;
  how_far.bytes = 3 * mib;
  how_far.items = 12;
  how_far.noun = "records";
  progress_text text;
  CHECK(text.at(how_far, {}) == "3M, 12 records");
  how_far.share = 0.456;
  CHECK(text.at(how_far, {}) == "3M (45 %), 12 records");
}

TEST_CASE("files that grew or were empty make no nonsense") {
  progress_text text;
  CHECK(text.at(lines_of(5, 4, 1), {}) == "5 of 4 (100 %), 1 lines");
  CHECK(text.at(lines_of(0, 0, 0), {}) == "0 of 0 (100 %), 0 lines");
}

TEST_CASE("the line is drawn in its place, five times a second") {
  progress_story story;
  story.show(1000);
  CHECK(story.screen.text() == "\rlogtail: 1M of 4M (25 %), 1000 lines");
  story.now += milliseconds(199);
  story.show(2000);
  CHECK(story.screen.text() == "\rlogtail: 1M of 4M (25 %), 1000 lines");
  CHECK(story.line.next() == story.now + milliseconds(1));
  story.now += milliseconds(1);
  story.show(5);
  CHECK_THAT(story.screen.text(), Catch::EndsWith("\rlogtail: 1M of 4M (25 %), 5 lines   "));
}

TEST_CASE("a message takes the line away first") {
  progress_story story;
  story.show(1);
  const std::string drawn = story.screen.text();
  story.out.info("rotated");
  const std::string erased = '\r' + std::string(drawn.size() - 1, ' ') + '\r';
  CHECK(story.screen.text() == drawn + erased + "logtail: rotated\n");
  story.out.detail("not told, so nothing is taken away");
  CHECK(story.screen.text() == drawn + erased + "logtail: rotated\n");
  story.out.info("again");
  CHECK_THAT(story.screen.text(), Catch::EndsWith("rotated\nlogtail: again\n"));
}

TEST_CASE("at its end the line is taken away") {
  const test::captured_stderr screen;
  app::messages out("logtail");
  {
    progress_line line("logtail", STDERR_FILENO, out);
    line.show(lines_of(0, 0, 0), {});
  }
  CHECK_THAT(screen.text(), Catch::EndsWith(" \r"));
  out.info("done");
  CHECK_THAT(screen.text(), Catch::EndsWith(" \rlogtail: done\n"));
}

TEST_CASE("a line is not longer than the terminal is wide") {
  const test::captured_stderr screen;
  app::messages out("logtail");
  progress_line line(std::string(100, 'x'), STDERR_FILENO, out);
  line.show(lines_of(0, 0, 0), {});
  CHECK(screen.text() == '\r' + std::string(79, 'x'));
}

TEST_CASE("a progress line is drawn where it is asked for, or on a terminal") {
  const test::captured_stderr no_terminal;
  CHECK(app::wants_progress(app::when::always));
  CHECK_FALSE(app::wants_progress(app::when::never));
  CHECK_FALSE(app::wants_progress(app::when::automatic));
}
