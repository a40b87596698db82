#include "logcat/filtering/counting_sink.hpp"

#include "value_sink.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using logcat::assignment;
using logcat::count_form;
using logcat::counting_sink;
using test::run_of;

namespace {

std::string counted(count_form form, const assignment& read) {
  counting_sink sink(form);
  sink.take(run_of("a b c", 10));
  sink.take(run_of("a", 2));
  sink.take(run_of("d e f g h i j", 10));
  CHECK(sink.records() == 11);
  output_buffer text;
  sink.append_to(text, read);
  return std::string(text.view());
}

}  // namespace

TEST_CASE("counts stand in columns, by partition, the total last") {
  assignment read;
  read.add({"test", 10, 0, 20});
  read.add({"test", 2, 0, 20});
  read.add({"test", 3, 0, 20});
  CHECK(counted(count_form::text, read) ==
        "test [2]    1\n"
        "test [3]    0\n"
        "test [10]  10\n"
        "total      11\n");
}

TEST_CASE("counts as JSON are an object on each line") {
  CHECK(counted(count_form::json, assignment()) == R"({"topic":"test","partition":2,"count":1})"
                                                   "\n"
                                                   R"({"topic":"test","partition":10,"count":10})"
                                                   "\n"
                                                   R"({"total":11})"
                                                   "\n");
}
