#include "logtail/run_statistics.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>

using namespace logpipe;
using logtail::all_statistics;
using logtail::prometheus_text;
using logtail::run_statistics;
using logtail::statistics_json;

namespace {

run_statistics a_run() {
  run_statistics of;
  of.topic = "web";
  of.version = "0.1.0";
  of.time = 1700000000123;
  of.lag_bytes = 812;
  of.oldest_line_age = milliseconds(1250);
  of.last_acknowledgement = 1700000000007;
  of.lines = 3'000'000;
  of.bytes = 249'000'000;
  of.lost_bytes = 5;
  of.refused_lines = 6;
  of.lines_sent_again = 7;
  of.records_in_flight = 8;
  of.sources = 9;
  of.unreadable_sources = 10;
  of.held_deleted_bytes = 11;
  of.state_errors = 12;
  of.broker_up = true;
  return of;
}

}  // namespace

TEST_CASE("statistics are one JSON object a line") {
  CHECK(statistics_json(a_run()) ==
        R"({"time":1700000000123,"version":"0.1.0","topic":"web","lag_bytes":812,)"
        R"("oldest_line_age_seconds":1.250,)"
        R"("last_acknowledgement_timestamp_seconds":1700000000.007,"lines_total":3000000,)"
        R"("bytes_total":249000000,"lost_bytes_total":5,"refused_lines_total":6,)"
        R"("sent_again_lines_total":7,"records_in_flight":8,"sources":9,"unreadable_sources":10,)"
        R"("held_deleted_bytes":11,"state_errors_total":12,"broker_up":1})"
        "\n");
}

TEST_CASE("before the first acknowledgement there is no time of the last") {
  const run_statistics none;
  CHECK_THAT(statistics_json(none),
             Catch::Contains(R"("last_acknowledgement_timestamp_seconds":null)"));
  CHECK_THAT(statistics_json(none), Catch::Contains(R"("oldest_line_age_seconds":0.000)"));
  CHECK_THAT(prometheus_text(none),
             !Catch::Contains("\nlogtail_last_acknowledgement_timestamp_seconds"));
}

TEST_CASE("metrics are in Prometheus' text format") {
  const std::string text = prometheus_text(a_run());
  using Catch::Contains;
  CHECK_THAT(text, Catch::StartsWith("# HELP logtail_lag_bytes Bytes in the files that are not "
                                     "acknowledged, read or not.\n"
                                     "# TYPE logtail_lag_bytes gauge\n"
                                     "logtail_lag_bytes{topic=\"web\"} 812\n"
                                     "# HELP logtail_oldest_line_age_seconds "));
  CHECK_THAT(text, Contains("# TYPE logtail_lines_total counter\n"
                            "logtail_lines_total{topic=\"web\"} 3000000\n"));
  CHECK_THAT(text, Contains("\nlogtail_oldest_line_age_seconds{topic=\"web\"} 1.250\n"));
  CHECK_THAT(text, Contains("\nlogtail_last_acknowledgement_timestamp_seconds{topic=\"web\"} "
                            "1700000000.007\n"));
  CHECK_THAT(text, Catch::EndsWith("logtail_build_info{topic=\"web\",version=\"0.1.0\"} 1\n"));
}

TEST_CASE("a label's value is escaped") {
  run_statistics of;
  of.topic = "a\"b\\c\nd";
  CHECK_THAT(prometheus_text(of),
             Catch::Contains("logtail_lines_total{topic=\"a\\\"b\\\\c\\nd\"} 0\n"));
}

TEST_CASE("counters, and nothing else, are called a total") {
  std::set<std::string_view> names;
  for (const auto& each : all_statistics()) {
    CAPTURE(each.name);
    CHECK(each.name.ends_with("_total") == (each.how == logtail::statistic::kind::counter));
    CHECK(names.insert(each.name).second);
  }
}
