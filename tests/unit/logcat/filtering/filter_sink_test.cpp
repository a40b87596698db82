#include "logcat/filtering/filter_sink.hpp"

#include "value_sink.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using logcat::filter_sink;
using test::run_of;

namespace {

struct filter_story {
  format::record_filter filter = test::values_with_x();
  test::value_sink printed;
  filter_sink sink{filter, printed};
};

}  // namespace

TEST_CASE("records that match pass, in their order") {
  filter_story story;
  CHECK(story.sink.take(run_of("a x1 x2 b x3")) == 5);
  CHECK(story.printed.text() == "x1 x2 x3");
  CHECK(story.sink.take(run_of("x4 a")) == 2);
  CHECK(story.sink.take(run_of("a b")) == 2);
  CHECK(story.sink.take(run_of("x5")) == 1);
  CHECK(story.printed.text() == "x1 x2 x3 x4 x5");
}

TEST_CASE("neighbours pass at once") {
  filter_story story;
  story.sink.take(run_of("x1 x2 a x3 x4 b"));
  CHECK(story.printed.runs == 2);
}

TEST_CASE("records are dealt with up to the last that is wanted") {
  filter_story story;
  story.printed.most = 2;
  SECTION("in the middle of neighbours") {
    CHECK(story.sink.take(run_of("a x1 x2 x3")) == 3);
  }
  SECTION("at the end of neighbours") {
    CHECK(story.sink.take(run_of("a x1 x2 b x3")) == 3);
  }
  CHECK(story.sink.enough());
  CHECK(story.printed.text() == "x1 x2");
}

TEST_CASE("a flush goes on to the printer") {
  filter_story story;
  story.sink.flush();
  CHECK(story.printed.flushes == 1);
}
