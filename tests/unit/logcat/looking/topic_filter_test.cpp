#include "logcat/looking/topic_filter.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using logcat::topic_filter;

TEST_CASE("without a name all topics are meant, internal ones too") {
  const topic_filter filter;
  CHECK(filter.all());
  CHECK(filter.matches("orders"));
  CHECK(filter.matches("__consumer_offsets"));
}

TEST_CASE("topics are meant by name or by expression") {
  const topic_filter filter({"orders", "^app-"});
  CHECK_FALSE(filter.all());
  CHECK(filter.matches("orders"));
  CHECK(filter.matches("app-1"));
  CHECK_FALSE(filter.matches("my-app-1"));
  CHECK_FALSE(filter.matches("orders2"));
  CHECK(filter.names() == std::vector<std::string>{"orders"});
}

TEST_CASE("an internal topic is meant by what begins as it does") {
  CHECK_FALSE(topic_filter({"^.*"}).matches("__consumer_offsets"));
  CHECK(topic_filter({"^__"}).matches("__consumer_offsets"));
  CHECK(topic_filter({"__consumer_offsets"}).matches("__consumer_offsets"));
}

TEST_CASE("an expression without a match is named") {
  const topic_filter filter({"^a", "^b"});
  CHECK(filter.unmatched({"ab", "cd"}) == "^b");
  CHECK(filter.unmatched({"ab", "bd"}).empty());
}

TEST_CASE("what is no name and no expression is refused") {
  CHECK_THROWS_AS(topic_filter({"a b"}), app::usage_error);
  CHECK_THROWS_AS(topic_filter({"^("}), app::usage_error);
}
