#include "logcat/filtering/record_limit.hpp"

#include "value_sink.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using logcat::record_limit;
using test::run_of;

TEST_CASE("so many records pass and no more") {
  test::value_sink printed;
  record_limit limit(3, printed);
  CHECK(limit.take(run_of("a b")) == 2);
  CHECK_FALSE(limit.enough());
  CHECK(limit.take(run_of("c d")) == 1);
  CHECK(limit.enough());
  CHECK(limit.take(run_of("e")) == 0);
  CHECK(printed.text() == "a b c");
}

TEST_CASE("what the printer does not take does not count") {
  test::value_sink printed;
  printed.most = 1;
  record_limit limit(3, printed);
  CHECK(limit.take(run_of("a b")) == 1);
  CHECK(limit.enough());
}
