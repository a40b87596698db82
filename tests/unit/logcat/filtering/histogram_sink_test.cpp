#include "logcat/filtering/histogram_sink.hpp"

#include "support/time_zone.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using namespace std::chrono_literals;
using logcat::count_form;
using logcat::histogram_sink;

namespace {

constexpr std::int64_t minute = 60'000;
/// 2026-11-22T10:00:00Z
constexpr std::int64_t ten = 1'795'341'600'000;

std::vector<record> records_at(const std::vector<std::int64_t>& timestamps) {
  std::vector<record> made;
  for (const auto timestamp : timestamps) {
    record one;
    one.timestamp = timestamp;
    one.kind = timestamp_kind::create;
    made.push_back(one);
  }
  return made;
}

std::string shown(histogram_sink& sink) {
  output_buffer text;
  sink.append_to(text, {});
  return std::string(text.view());
}

std::string histogram_of(const std::vector<record>& records, milliseconds width = 1min) {
  histogram_sink sink(width, count_form::text, {.columns = 30, .blocks = false});
  CHECK(sink.take(records) == records.size());
  CHECK(sink.records() == static_cast<std::int64_t>(records.size()));
  return shown(sink);
}

}  // namespace

TEST_CASE("each stretch of time has a bar, also one without records") {
  const test::time_zone utc("UTC");
  CHECK(histogram_of(records_at({ten, ten + 59'999, ten + 2 * minute, ten + 1})) ==
        "2026-11-22 10:00  3 ##########\n"
        "2026-11-22 10:01  0\n"
        "2026-11-22 10:02  1 ###\n"
        "total             4\n");
}

TEST_CASE("records need not come in the order of time") {
  const test::time_zone utc("UTC");
  CHECK(histogram_of(records_at({ten + minute, ten, ten + minute})) ==
        "2026-11-22 10:00  1 #####\n"
        "2026-11-22 10:01  2 ##########\n"
        "total             3\n");
}

TEST_CASE("a long time without records is one line") {
  const test::time_zone utc("UTC");
  CHECK(histogram_of(records_at({ten, ten + 100 * minute})) ==
        "2026-11-22 10:00   1 ##########\n"
        "...               99 empty\n"
        "2026-11-22 11:40   1 ##########\n"
        "total              2\n");
  CHECK_THAT(histogram_of(records_at({ten, ten + 6 * minute})), Catch::Contains("5 empty"));
  CHECK_THAT(histogram_of(records_at({ten, ten + 5 * minute})), !Catch::Contains("empty"));
}

TEST_CASE("labels are as fine as the bars") {
  const test::time_zone shanghai("Asia/Shanghai");
  CHECK_THAT(histogram_of(records_at({ten}), 24h), Catch::StartsWith("2026-11-22  1 #"));
  CHECK_THAT(histogram_of(records_at({ten}), 1h), Catch::StartsWith("2026-11-22 18:00  1"));
  CHECK_THAT(histogram_of(records_at({ten}), 30s), Catch::StartsWith("2026-11-22 18:00:00  1"));
  CHECK_THAT(histogram_of(records_at({ten + 50}), 50ms),
             Catch::StartsWith("2026-11-22 18:00:00.050  1"));
}

TEST_CASE("records without a timestamp are counted apart") {
  const test::time_zone utc("UTC");
  auto records = records_at({ten});
  records.emplace_back();
  CHECK(histogram_of(records) ==
        "2026-11-22 10:00  1 ##########\n"
        "without time      1\n"
        "total             2\n");
}

TEST_CASE("no records make no bars") {
  CHECK(histogram_of({}) == "total  0\n");
}

TEST_CASE("bars as JSON are an object on each line, those without records left out") {
  histogram_sink sink(1min, count_form::json, {});
  auto records = records_at({ten, ten + 2 * minute});
  records.emplace_back();
  sink.take(records);
  CHECK(shown(sink) == R"({"from":1795341600000,"to":1795341660000,"count":1})"
                       "\n"
                       R"({"from":1795341720000,"to":1795341780000,"count":1})"
                       "\n"
                       R"({"without_time":1})"
                       "\n"
                       R"({"total":3})"
                       "\n");
}
