#include "logcat/plan.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using namespace std::chrono_literals;
using namespace std::string_literals;
using logcat::options;
using kind = logcat::start_position::kind;

namespace {

options for_topic(std::string topic = "test") {
  options written;
  written.topics = {std::move(topic)};
  return written;
}

logcat::plan planned(const options& written, bool terminal = false) {
  return logcat::make_plan(written, terminal);
}

std::string print(logcat::plan& plan, std::string_view value) {
  record one;
  one.topic = "test";
  one.value = value;
  output_buffer out;
  plan.printing.form.append(out, one);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("an empty list of brokers is refused") {
  options written = for_topic();
  written.connection.brokers = "";
  CHECK_THROWS_AS(planned(written), app::usage_error);
}

TEST_CASE("a follower begins at the newest, a run that ends at the oldest record") {
  options written = for_topic();
  CHECK(planned(written).selection.start.what == kind::newest);
  CHECK_FALSE(planned(written).bounded);
  written.selection.exit = true;
  CHECK(planned(written).selection.start.what == kind::oldest);
  CHECK(planned(written).bounded);
  written.selection.from = "-5"s;
  CHECK(planned(written).selection.start == logcat::start_position{kind::last, 5});
}

TEST_CASE("a count or a time limit makes the run a bounded one, from the newest record") {
  options written = for_topic();
  SECTION("count") {
    written.selection.count = "3"s;
  }
  SECTION("timeout") {
    written.selection.timeout = "10s"s;
  }
  SECTION("idle") {
    written.selection.idle = "250ms"s;
  }
  CHECK(planned(written).bounded);
  CHECK(planned(written).selection.start.what == kind::newest);
}

TEST_CASE("counts are of all that is there, or of what comes from now on") {
  options written = for_topic();
  written.filtering.count_only = true;
  CHECK(planned(written).selection.exit_at_end);
  CHECK(planned(written).selection.start.what == kind::oldest);
  CHECK(planned(written).bounded);
  written.selection.from = "newest"s;
  CHECK_FALSE(planned(written).selection.exit_at_end);
  CHECK_FALSE(planned(written).bounded);
  written.selection.from = "-5"s;
  CHECK(planned(written).selection.exit_at_end);
}

TEST_CASE("a progress line is drawn in runs that end by themselves") {
  options written = for_topic();
  written.printing.progress = "always"s;
  CHECK_FALSE(planned(written).progress);
  written.selection.exit = true;
  CHECK(planned(written).progress);
}

TEST_CASE("a group gives partitions out by itself") {
  options written = for_topic();
  written.resuming.group = "g";
  CHECK(planned(written).resuming.group == "g");
  SECTION("so none is chosen") {
    written.selection.partitions = "0"s;
  }
  SECTION("not even to say where it begins") {
    written.selection.from = "0:3"s;
  }
  SECTION("and nobody knows its newest records") {
    written.selection.tail = "5"s;
  }
  CHECK_THROWS_AS(planned(written), app::usage_error);
}

TEST_CASE("the records of --at are read one by one") {
  options written = for_topic();
  written.selection.at = {"0:5"};
  std::string word;
  SECTION("so they have no order") {
    written.reading.merge = true;
    word = "--merge";
  }
  SECTION("nothing stands around them") {
    written.filtering.grep = {"x"};
    written.filtering.around = "1"s;
    word = "-C";
  }
  SECTION("and nobody goes on behind them") {
    written.resuming.group = "g";
    word = "-G";
  }
  CHECK_THROWS_WITH(planned(written), Catch::Contains("leave") && Catch::Contains(word));
}

TEST_CASE("counts stand behind no position before they are told") {
  options written = for_topic();
  written.filtering.count_only = true;
  written.resuming.group = "g";
  CHECK(planned(written).resuming.when == logcat::commit::end);
  written.resuming.commit = "flush"s;
  CHECK_THROWS_WITH(planned(written), Catch::Contains("--commit end"));
}

TEST_CASE("values are taken over") {
  options written = for_topic();
  written.topics = {"b", "a", "b"};
  written.selection.count = "3"s;
  written.selection.tail = "0"s;
  written.selection.timeout = "10s"s;
  written.selection.idle = "250ms"s;
  written.selection.partitions = "1-2"s;
  const auto plan = planned(written);
  CHECK(plan.selection.topics == std::vector<std::string>{"b", "a"});
  CHECK(plan.selection.count == 3);
  CHECK(plan.selection.tail == 0);
  CHECK(plan.selection.timeout == 10s);
  CHECK(plan.selection.idle == 250ms);
  CHECK(plan.selection.partitions == std::vector<std::int32_t>{1, 2});
}

TEST_CASE("on a terminal a record cannot drive it") {
  auto plan = planned(for_topic(), true);
  CHECK_THAT(print(plan, "\x1b[2J"), Catch::Contains(R"(Value:\x1b[2J)"));
}

TEST_CASE("topics are named, each once, or asked for by an expression") {
  options written;
  written.topics = {"orders", "^ev", "events", "orders"};
  const auto selection = planned(written).selection;
  CHECK(selection.topics == std::vector{"orders"s, "events"s});
  CHECK(selection.expressions.ask_for("events-eu"));
  CHECK(selection.names("events"));
  CHECK_FALSE(selection.names("events-eu"));
}

TEST_CASE("committed records are read unless the others are asked for") {
  options written = for_topic();
  CHECK(planned(written).selection.isolation == kafka::isolation_level::committed);
  written.selection.isolation = "uncommitted"s;
  CHECK(planned(written).selection.isolation == kafka::isolation_level::uncommitted);
}

TEST_CASE("what is wrong is told with its option") {
  options written = for_topic();
  const char* word = "";
  SECTION("no topic") {
    written.topics.clear();
    word = "TOPIC";
  }
  SECTION("a regular expression") {
    written.topics = {"^a("};
    word = "no regular expression";
  }
  SECTION("no topic name") {
    written.topics = {"a/b"};
    word = "no topic name";
  }
  SECTION("two starts") {
    written.selection.from = "oldest"s;
    written.selection.tail = "5"s;
    word = "exclude each other";
  }
  SECTION("two formats") {
    written.printing.format = "%s"s;
    written.printing.value_only = true;
    word = "exclude each other";
  }
  SECTION("count") {
    written.selection.count = "0"s;
    word = "-c";
  }
  SECTION("tail") {
    written.selection.tail = "-1"s;
    word = "-n";
  }
  SECTION("timeout") {
    written.selection.timeout = "10"s;
    word = "--timeout";
  }
  SECTION("idle") {
    written.selection.idle = "x"s;
    word = "--idle";
  }
  SECTION("isolation") {
    written.selection.isolation = "read_committed"s;
    word = "--isolation";
  }
  SECTION("start") {
    written.selection.from = "first"s;
    word = "-o";
  }
  SECTION("partitions") {
    written.selection.partitions = "x"s;
    word = "-p";
  }
  SECTION("format") {
    written.printing.format = "%s %q"s;
    word = "position 4";
  }
  SECTION("a follower that is to find something") {
    written.filtering.fail_empty = true;
    word = "--fail-empty";
  }
  SECTION("a format for counts") {
    written.filtering.count_only = true;
    written.printing.format = "%s"s;
    word = "print no records";
  }
  SECTION("progress") {
    written.selection.exit = true;
    written.printing.progress = "yes"s;
    word = "--progress";
  }
  CHECK_THROWS_AS(planned(written), app::usage_error);
  CHECK_THROWS_WITH(planned(written), Catch::Contains(word));
}
