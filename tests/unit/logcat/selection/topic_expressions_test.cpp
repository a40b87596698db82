#include "logcat/selection/topic_expressions.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using logcat::topic_expressions;

namespace {

topic_expressions of(std::initializer_list<const char*> texts) {
  topic_expressions expressions;
  for (const char* text : texts) {
    expressions.add(text);
  }
  return expressions;
}

}  // namespace

TEST_CASE("a TOPIC is an expression when it begins with ^") {
  CHECK(topic_expressions::is_expression("^orders"));
  CHECK_FALSE(topic_expressions::is_expression("orders"));
  CHECK_FALSE(topic_expressions::is_expression("orders.*"));
}

TEST_CASE("an expression is bound to the name's begin and open at its end") {
  const auto expressions = of({"^orders"});
  CHECK(expressions.ask_for("orders"));
  CHECK(expressions.ask_for("orders-eu"));
  CHECK_FALSE(expressions.ask_for("old-orders"));
  CHECK_FALSE(of({"^orders$"}).ask_for("orders-eu"));
}

TEST_CASE("a topic is asked for by any of several expressions") {
  const auto expressions = of({"^orders", "^(eu|us)\\."});
  CHECK(expressions.ask_for("us.payments"));
  CHECK(expressions.ask_for("orders"));
  CHECK_FALSE(expressions.ask_for("asia.payments"));
}

TEST_CASE("internal topics are asked for by name alone") {
  CHECK_FALSE(of({"^.*"}).ask_for("__consumer_offsets"));
  CHECK_FALSE(of({"^_"}).ask_for("__consumer_offsets"));
  CHECK(of({"^__"}).ask_for("__consumer_offsets"));
  CHECK(of({"^__consumer"}).ask_for("__consumer_offsets"));
  CHECK(of({"^_"}).ask_for("_schemas"));
}

TEST_CASE("expressions are known by their texts") {
  const auto expressions = of({"^orders", "^.*-eu$"});
  CHECK(expressions.texts() == std::vector<std::string>{"^orders", "^.*-eu$"});
  CHECK(expressions.asking_for("payments-eu") == std::vector<std::string>{"^.*-eu$"});
  CHECK(expressions.asking_for("payments").empty());
}

TEST_CASE("the expressions that nothing matches are told, each once") {
  const auto expressions = of({"^orders", "^gone", "^gone", "^__"});
  CHECK(expressions.without_match({"orders", "events"}) ==
        std::vector<std::string>{"^gone", "^__"});
  CHECK(expressions.without_match({}).size() == 3);
}

TEST_CASE("what is no expression is refused") {
  topic_expressions expressions;
  CHECK_THROWS_AS(expressions.add("^orders("), invalid_pattern);
  CHECK(expressions.empty());
}
