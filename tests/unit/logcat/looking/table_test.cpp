#include "logcat/looking/table.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using logcat::row_colour;
using logcat::table;
using align = table::alignment;

namespace {

std::string text_of(const table& rows, bool coloured = false) {
  output_buffer out;
  rows.append_to(out, coloured);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("columns are as wide as their widest cell, numbers stand to the right") {
  table rows({{"TOPIC"}, {"END", align::right}, {"IN-SYNC"}});
  rows.add({"orders", "7", "1,2"});
  rows.add({"a", "123456", "3"});
  CHECK(text_of(rows) ==
        "TOPIC      END  IN-SYNC\n"
        "orders       7  1,2\n"
        "a       123456  3\n");
}

TEST_CASE("no blanks stand at the end of a line") {
  table rows({{"TOPIC"}, {"END", align::right}, {""}});
  rows.add({"orders", "7", ""});
  rows.add({"events", "8", "no leader"});
  CHECK(text_of(rows) ==
        "TOPIC   END\n"
        "orders    7\n"
        "events    8  no leader\n");
}

TEST_CASE("a column without a cell is left out with its heading") {
  table rows({{"TOPIC"}, {"STABLE", align::right}, {"END", align::right}});
  rows.add({"orders", "", "7"});
  CHECK(text_of(rows) ==
        "TOPIC   END\n"
        "orders    7\n");
}

TEST_CASE("cells that are not given are empty") {
  table rows({{"TOPIC"}, {"END"}});
  rows.add({"orders"});
  CHECK(text_of(rows) == "TOPIC\norders\n");
}

TEST_CASE("what a broker says cannot drive the terminal") {
  table rows({{"CLIENT"}});
  rows.add({"a\x1b[31mb\n"});
  CHECK(text_of(rows) == "CLIENT\na\\x1b[31mb\\x0a\n");
}

TEST_CASE("width is counted in code points") {
  table rows({{"CLIENT"}, {"HOST"}});
  rows.add(
      {"b\xc3\xbc"
       "cher",
       "x"});
  rows.add({"abcdefg", "y"});
  CHECK(text_of(rows) ==
        "CLIENT   HOST\n"
        "b\xc3\xbc"
        "cher   x\n"
        "abcdefg  y\n");
}

TEST_CASE("rows stand out on a terminal only") {
  table rows({{"TOPIC"}});
  rows.add({"fine"});
  rows.add({"poor"}, row_colour::warning);
  rows.add({"bad"}, row_colour::alarm);
  CHECK(text_of(rows) == "TOPIC\nfine\npoor\nbad\n");
  CHECK(text_of(rows, true) == "TOPIC\nfine\n\x1b[33mpoor\x1b[0m\n\x1b[31mbad\x1b[0m\n");
}
