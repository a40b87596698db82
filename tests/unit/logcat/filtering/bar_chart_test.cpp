#include "logcat/filtering/bar_chart.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using logcat::chart_row;
using kind = logcat::chart_row::kind;

namespace {

std::string chart(const std::vector<chart_row>& rows, const logcat::chart_look& look) {
  output_buffer text;
  logcat::append_chart(text, rows, look);
  return std::string(text.view());
}

}  // namespace

TEST_CASE("the longest bar ends at the last column") {
  const std::vector<chart_row> rows = {
      {kind::bar, "10:00", 200}, {kind::bar, "10:05", 100}, {kind::bar, "10:10", 1}};
  CHECK(chart(rows, {.columns = 31, .blocks = false}) ==
        "10:00  200 ####################\n"
        "10:05  100 ##########\n"
        "10:10    1 #\n");
}

TEST_CASE("blocks show eighths of a column") {
  const std::vector<chart_row> rows = {{kind::bar, "10:00", 80},
                                       {kind::bar, "10:05", 44},
                                       {kind::bar, "10:10", 1},
                                       {kind::bar, "10:15", 0}};
  CHECK(chart(rows, {.columns = 20, .blocks = true}) ==
        "10:00  80 ██████████\n"
        "10:05  44 █████▌\n"
        "10:10   1 ▏\n"
        "10:15   0\n");
}

TEST_CASE("gaps and sums are on no scale") {
  const std::vector<chart_row> rows = {{kind::bar, "10:00", 2},
                                       {kind::gap, "...", 36},
                                       {kind::bar, "13:05", 1},
                                       {kind::sum, "total", 3}};
  CHECK(chart(rows, {.columns = 20, .blocks = false}) ==
        "10:00   2 ##########\n"
        "...    36 empty\n"
        "13:05   1 #####\n"
        "total   3\n");
}

TEST_CASE("a terminal that is too narrow still gets bars") {
  CHECK(chart({{kind::bar, "2026-11-22 10:00", 1}}, {.columns = 10, .blocks = false}) ==
        "2026-11-22 10:00  1 ##########\n");
}

TEST_CASE("a chart without bars") {
  CHECK(chart({{kind::sum, "total", 0}}, {}) == "total  0\n");
}
