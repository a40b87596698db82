#include "logtail/statistics_report.hpp"

#include "support/captured_stderr.hpp"
#include "support/temp_directory.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <string>

using namespace logpipe;
using logtail::statistics_report;

namespace {

struct report_story {
  test::temp_directory directory;
  app::messages out{"logtail"};
  test::captured_stderr told;
  time_point now{std::chrono::hours(1)};
  int collected = 0;

  statistics_report start(const statistics_report::options& how) {
    return {how, out,
            [this] {
              ++collected;
              return logtail::run_statistics{};
            },
            now};
  }
  auto lines_told() const {
    const std::string text = told.text();
    return std::count(text.begin(), text.end(), '\n');
  }
};

}  // namespace

TEST_CASE("statistics are told every so often, and at the end") {
  report_story story;
  auto report = story.start({.stats = milliseconds(5000), .metrics = {}});
  report.serve(story.now);
  CHECK(story.collected == 0);
  CHECK(report.due() == story.now + milliseconds(5000));
  story.now += milliseconds(5000);
  report.serve(story.now);
  report.serve(story.now);
  CHECK(story.lines_told() == 1);
  CHECK(report.due() == story.now + milliseconds(5000));
  report.end();
  CHECK(story.lines_told() == 2);
  CHECK_THAT(story.told.text(), Catch::StartsWith("{\"time\":"));
}

TEST_CASE("metrics are written at the start, every 15 s, and at the end") {
  report_story story;
  const std::string path = story.directory / "metrics";
  auto report = story.start({.stats = {}, .metrics = path});
  const auto write = [&](const auto& by) {
    std::filesystem::remove(path);
    by();
    return std::filesystem::exists(path);
  };
  const auto serve = [&] { report.serve(story.now); };
  CHECK(write(serve));
  CHECK(report.due() == story.now + milliseconds(15000));
  story.now += milliseconds(14999);
  CHECK_FALSE(write(serve));
  story.now += milliseconds(1);
  CHECK(write(serve));
  CHECK(write([&] { report.end(); }));
  CHECK(story.told.text().empty());
}

TEST_CASE("who asks is answered, whatever was asked for at the start") {
  report_story story;
  auto report = story.start({});
  CHECK_FALSE(report.due());
  report.serve(story.now);
  report.end();
  CHECK(story.collected == 0);
  report.tell();
  CHECK(story.lines_told() == 1);
}
