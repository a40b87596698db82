#include "logtail/plan.hpp"

#include "common/exit_code.hpp"

#include <logpipe/kafka/error.hpp>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <support/temp_directory.hpp>

using namespace logpipe;
using namespace logpipe::app;
using namespace logpipe::logtail;
using logpipe::test::temp_directory;
using start_kind = follow::start_at::kind;
using route_kind = ship::routing::kind;

namespace {

plan parse(const std::vector<const char*>& arguments) {
  options options;
  parse_options(static_cast<int>(arguments.size()), arguments.data(), options);
  return make_plan(options);
}

plan plan_of(std::vector<const char*> arguments) {
  ::setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
  ::unsetenv("KAFKA_BROKERS");
  arguments.insert(arguments.begin(), "logtail");
  return parse(arguments);
}

std::string refusal_of(const std::vector<const char*>& arguments) {
  try {
    plan_of(arguments);
  } catch (const usage_error& error) {
    return error.what();
  } catch (const kafka::config_error& error) {
    return error.what();
  }
  return "(accepted)";
}

}  // namespace

TEST_CASE("the shortest command line follows a file from its end, to one partition by its path") {
  const auto plan = plan_of({"-t", "web", "app.log"});
  CHECK(plan.topic.topic_for("app.log", "host") == "web");
  CHECK(plan.paths == std::vector<std::string>{"app.log"});
  CHECK_FALSE(plan.bounded);
  CHECK(plan.follow.start.where == start_kind::end);
  CHECK(plan.routing.how == route_kind::file);
  CHECK(plan.connection.settings.brokers() == "localhost:9092");
  CHECK(plan.connection.settings.get("compression.codec") == "lz4");
}

TEST_CASE("with --once a file is read from its beginning, and the run is bounded") {
  const auto plan = plan_of({"-t", "web", "--once", "app.log"});
  CHECK(plan.bounded);
  CHECK(plan.follow.once);
  CHECK(plan.follow.start.where == start_kind::beginning);
}

TEST_CASE("stdin alone is bounded, stdin beside a file is not") {
  CHECK(plan_of({"-t", "web", "-"}).bounded);
  CHECK_FALSE(plan_of({"-t", "web", "-", "app.log"}).bounded);
}

TEST_CASE("the last lines are asked for as in tail, in every spelling") {
  for (const auto& spelling : std::vector<std::vector<const char*>>{
           {"-n", "20"}, {"-n20"}, {"--from", "-20"}, {"--from=-20"}}) {
    auto arguments = spelling;
    arguments.insert(arguments.end(), {"-t", "web", "app.log"});
    const auto plan = plan_of(arguments);
    CHECK(plan.follow.start.where == start_kind::last_lines);
    CHECK(plan.follow.start.lines == 20);
  }
}

TEST_CASE(
    "an interval for --poll is taken only behind an equals sign, so that it does not eat a PATH") {
  CHECK_FALSE(plan_of({"-t", "web", "app.log"}).follow.poll);
  CHECK(plan_of({"-t", "web", "--poll", "app.log"}).follow.poll == milliseconds(250));
  CHECK(plan_of({"-t", "web", "--poll=2s", "app.log"}).follow.poll == milliseconds(2000));
  CHECK(plan_of({"-t", "web", "--poll", "app.log"}).paths == std::vector<std::string>{"app.log"});
}

TEST_CASE("with a key the default partition is by its hash, and -p says otherwise") {
  CHECK(plan_of({"-t", "web", "-k", "x", "a"}).routing.how == route_kind::key);
  CHECK(plan_of({"-t", "web", "-k", "x", "-p", "file", "a"}).routing.how == route_kind::file);
  CHECK(plan_of({"-t", "web", "-p", "spread", "a"}).routing.how == route_kind::spread);
  const auto fixed = plan_of({"-t", "web", "-p", "3", "a"});
  CHECK(fixed.routing.how == route_kind::fixed);
  CHECK(fixed.routing.partition == 3);
}

TEST_CASE("records that have keys of their own go by these") {
  CHECK(plan_of({"-t", "web", "-K", ":", "a"}).routing.how == route_kind::key);
  CHECK(plan_of({"-t", "web", "--input", "json", "a"}).routing.how == route_kind::key);
  const auto same = plan_of({"-t", "web", "--input", "json", "-p", "same", "a"});
  CHECK(same.routing.how == route_kind::same);
  CHECK(same.composition.same_partition);
}

TEST_CASE("what a line is") {
  const auto plan = plan_of({"-t", "web", "a"});
  CHECK(plan.follow.delimiter == "\n");
  CHECK(plan.follow.max_line == 900 << 10);
  CHECK(plan.max_line_is_ours);
  CHECK(plan_of({"-t", "web", "-D", R"(\x1e\n)", "a"}).follow.delimiter == "\x1e\n");
  CHECK(plan_of({"-t", "web", "-0", "a"}).follow.delimiter == std::string(1, '\0'));
  CHECK(plan_of({"-t", "web", "--keep-cr", "a"}).follow.keep_return);
  CHECK(plan_of({"-t", "web", "--flush-partial", "5s", "a"}).follow.flush_partial ==
        milliseconds(5000));
  const auto longer = plan_of({"-t", "web", "--max-line", "2M", "a"});
  CHECK(longer.follow.max_line == 2 << 20);
  CHECK_FALSE(longer.max_line_is_ours);
}

TEST_CASE("a record of several lines waits for the next line as long as was asked for") {
  const auto plan = plan_of({"-t", "web", "--multiline-start", "^[A-Z]", "a"});
  CHECK(plan.follow.multiline->timeout == milliseconds(2000));
  const auto hasty =
      plan_of({"-t", "web", "--multiline-start", "^[A-Z]", "--multiline-timeout", "200ms", "a"});
  CHECK(hasty.follow.multiline->timeout == milliseconds(200));
}

TEST_CASE("what is held of deleted files is bounded on request") {
  CHECK(plan_of({"-t", "web", "--hold-deleted", "10G", "a"}).follow.hold_deleted ==
        std::uint64_t{10} << 30);
  CHECK(refusal_of({"-t", "web", "--hold-deleted", "much", "a"}).starts_with("--hold-deleted"));
}

TEST_CASE("a line is at most half of the memory, and in JSON as long as that") {
  CHECK(plan_of({"-t", "web", "--memory", "1M", "a"}).follow.max_line == 512 << 10);
  const auto json = plan_of({"-t", "web", "--input", "json", "a"});
  CHECK(json.follow.max_line == 16 << 20);
  CHECK(json.follow.long_lines == follow::long_lines::pass_over);
}

TEST_CASE("a missing topic is made as it was asked for") {
  CHECK_FALSE(plan_of({"-t", "web", "a"}).create_topic);
  CHECK(plan_of({"-t", "web", "--create-topic", "a"}).create_topic->partitions == -1);
  const auto made = plan_of({"-t", "web", "--create-topic=12:3", "a"}).create_topic;
  CHECK(made->partitions == 12);
  CHECK(made->replication == 3);
  CHECK(plan_of({"-t", "web", "--create-topic=12", "a"}).create_topic->replication == -1);
}

TEST_CASE("{host} is what --host says") {
  CHECK(plan_of({"-t", "web", "--host", "web1", "a"}).composition.host == "web1");
  CHECK(plan_of({"-t", "{host}.{name}", "--host", "w", "a"}).topic.topic_for("a b", "w") ==
        "w.a_b");
}

TEST_CASE("the codec is what -z chooses, over what -X says") {
  const auto codec_of = [](const std::vector<const char*>& arguments) {
    return plan_of(arguments).connection.settings.get("compression.codec");
  };
  CHECK(codec_of({"-t", "web", "-z", "zstd", "a"}) == "zstd");
  CHECK(codec_of({"-t", "web", "-z", "none", "a"}) == "none");
  CHECK(codec_of({"-t", "web", "-X", "compression.codec=gzip", "a"}) == "gzip");
  CHECK(codec_of({"-t", "web", "-X", "compression.codec=gzip", "-z", "snappy", "a"}) == "snappy");
}

TEST_CASE("repeatable options take one value each") {
  const auto plan =
      plan_of({"-t", "web", "-X", "linger.ms=7", "-X", "client.id=me", "a", "b", "a"});
  CHECK(plan.connection.settings.get("linger.ms") == "7");
  CHECK(plan.connection.settings.get("client.id") == "me");
  CHECK(plan.paths == std::vector<std::string>{"a", "b"});
}

TEST_CASE("limits are durations and sizes") {
  const auto plan = plan_of({"-t", "web", "--memory", "1M", "--timeout", "5m", "--stop-timeout",
                             "250ms", "--connect-timeout", "3s", "a"});
  CHECK(plan.memory == std::size_t{1} << 20);
  CHECK_FALSE(plan.follow.hold_deleted);
  CHECK(plan.timeout == milliseconds(300'000));
  CHECK(plan.stop_timeout == milliseconds(250));
  CHECK(plan.connection.connect_timeout == milliseconds(3000));
}

TEST_CASE("brokers: -X over -b over -F over the environment over the default files") {
  temp_directory directory;
  const std::string file = directory / "mine.conf";
  std::ofstream(file) << "# ours\nbootstrap.servers = from-file:1\nlinger.ms=9\n";
  std::ofstream(directory / "logpipe.conf") << "bootstrap.servers=from-default:1\n";

  std::vector<const char*> arguments{"logtail", "-t", "web", "a"};
  const auto brokers = [&] { return parse(arguments).connection.settings.brokers(); };
  ::unsetenv("KAFKA_BROKERS");
  ::setenv("XDG_CONFIG_HOME", directory.path().c_str(), 1);
  CHECK(brokers() == "from-default:1");
  ::setenv("KAFKA_BROKERS", "from-environment:1", 1);
  CHECK(brokers() == "from-environment:1");
  arguments.insert(arguments.end(), {"-F", file.c_str()});
  CHECK(brokers() == "from-file:1");
  arguments.insert(arguments.end(), {"-b", "from-b:1"});
  CHECK(brokers() == "from-b:1");
  arguments.insert(arguments.end(), {"-X", "metadata.broker.list=from-x:1"});
  CHECK(brokers() == "from-x:1");
  ::unsetenv("KAFKA_BROKERS");
}

TEST_CASE("what is wrong is refused in one line that says what to write") {
  const auto refused = [](const std::vector<const char*>& arguments) {
    auto text = refusal_of(arguments);
    CHECK(text.find('\n') == std::string::npos);
    return text;
  };
  using Catch::Contains;
  CHECK_THAT(refused({"a"}), Contains("-t TOPIC"));
  CHECK_THAT(refused({"-t", "web"}), Contains("no PATH"));
  CHECK_THAT(refused({"-t", "web", "-p", "-1", "a"}), Contains("-p: \"-1\""));
  CHECK_THAT(refused({"-t", "web", "-p", "file2", "a"}), Contains("file, spread"));
  CHECK_THAT(refused({"-t", "web", "--from", "20", "a"}), Contains("--from: \"20\""));
  CHECK_THAT(refused({"-t", "web", "-n", "many", "a"}), Contains("-n: \"many\""));
  CHECK_THAT(refused({"-t", "web", "-n", "1", "--from", "end", "a"}), Contains("--from"));
  CHECK_THAT(refused({"-t", "web", "-z", "rar", "a"}), Contains("lz4"));
  CHECK_THAT(refused({"-t", "web", "--memory", "1", "a"}), Contains("64K"));
  CHECK_THAT(refused({"-t", "web", "--timeout", "5", "a"}), Contains("no duration"));
  CHECK_THAT(refused({"-t", "web", "-X", "linger", "a"}), Contains("KEY=VALUE"));
  CHECK_THAT(refused({"-t", "web", "-X", "linger.sm=1", "a"}), Contains("\"linger.ms\""));
  CHECK_THAT(refused({"-t", "web", "-X", "linger.ms=soon", "a"}), Contains("linger.ms"));
  CHECK_THAT(refused({"-t", "web", "-X", "transactional.id=x", "a"}), Contains("transactional.id"));
  CHECK_THAT(refused({"-t", "web", "--onec", "a"}), Contains("did you mean --once?"));
  CHECK_THAT(refused({"-t", "web", "-D", "", "a"}), Contains("at least one byte"));
  CHECK_THAT(refused({"-t", "web", "-D", R"(\q)", "a"}), Contains("escape"));
  CHECK_THAT(refused({"-t", "web", "-D", ";", "--keep-cr", "a"}), Contains("--keep-cr"));
  CHECK_THAT(refused({"-t", "web", "--max-line", "20M", "a"}), Contains("--memory"));
  CHECK_THAT(refused({"-t", "web", "--include", "a(", "a"}), Contains("missing )"));
  CHECK_THAT(refused({"-t", "web", "-k", "{nam}", "a"}), Contains("{name}"));
  CHECK_THAT(refused({"-t", "{path}", "a"}), Contains("-t: "));
  CHECK_THAT(refused({"-t", "web", "-H", "x", "a"}), Contains("NAME=TEMPLATE"));
  CHECK_THAT(refused({"-t", "web", "-k", "x", "-K", ":", "a"}), Contains("exclude each other"));
  CHECK_THAT(refused({"-t", "web", "--input", "xml", "a"}), Contains("lines and json"));
  CHECK_THAT(refused({"-t", "web", "--input", "json", "-K", ":", "a"}), Contains("-K"));
  CHECK_THAT(refused({"-t", "web", "-p", "same", "a"}), Contains("--input json"));
  CHECK_THAT(refused({"-t", "web", "--create-topic=0", "a"}), Contains("P:R"));
  CHECK_THAT(refused({"-t", "web", "--create-topic=1:x", "a"}), Contains("P:R"));
}

TEST_CASE("another tool's letters are refused with what to write instead") {
  using Catch::Contains;
  CHECK_THAT(refusal_of({"-v", "-t", "web", "a"}), Contains("--verbose"));
  CHECK_THAT(refusal_of({"-P", "-t", "web", "a"}), Contains("logtail always sends"));
  CHECK_THAT(refusal_of({"-Pt", "web", "a"}), Contains("logtail always sends"));
  CHECK_THAT(refusal_of({"-f", "-t", "web", "a"}), Contains("--once"));
  CHECK_THAT(refusal_of({"-t", "web", "-l", "a"}), Contains("logtail -t TOPIC FILE"));
  CHECK_THAT(refusal_of({"-t", "web", "-X", "list", "a"}), Contains("kcat's"));
}

TEST_CASE("a log given to -F, as tail takes it, is refused with the way to follow it") {
  temp_directory directory;
  const std::string log = directory / "app.log";
  std::ofstream(log) << "2026-11-22 12:00:00 started\n";
  CHECK_THAT(refusal_of({"-F", log.c_str()}), Catch::Contains("logtail -t TOPIC FILE"));
  CHECK_THAT(refusal_of({"-F", log.c_str()}), Catch::Contains("app.log:1"));
}

TEST_CASE("in a bounded run only trouble is told, unless asked") {
  CHECK(plan_of({"-t", "web", "a"}).tell == messages::level::info);
  CHECK(plan_of({"-t", "web", "-q", "a"}).tell == messages::level::error);
  CHECK(plan_of({"-t", "web", "--once", "--verbose", "a"}).tell == messages::level::detail);
}

TEST_CASE("where positions are kept, a file without one begins at its beginning") {
  const auto plan = plan_of({"-t", "web", "--state", "web.state", "app.log"});
  CHECK(plan.state == "web.state");
  CHECK(plan.wait_lock == milliseconds(0));
  CHECK(plan.follow.remembers);
  CHECK(plan.follow.start.where == start_kind::beginning);
  CHECK_FALSE(plan.follow.flush_partial);
  CHECK(plan_of({"-t", "web", "--state", "s", "--from", "end", "a"}).follow.start.where ==
        start_kind::end);
  CHECK_FALSE(plan_of({"-t", "web", "app.log"}).follow.remembers);
}

TEST_CASE("an unfinished last line waits for the next run, an hour at most") {
  using std::chrono::hours;
  CHECK(plan_of({"-t", "web", "--once", "--state", "s", "a"}).follow.flush_partial == hours(1));
  CHECK_FALSE(plan_of({"-t", "web", "--once", "a"}).follow.flush_partial);
  CHECK(plan_of({"-t", "web", "--once", "--state", "s", "--flush-partial", "2h", "a"})
            .follow.flush_partial == hours(2));
}

TEST_CASE("what has no position is refused where positions are kept") {
  CHECK(refusal_of({"-t", "web", "--state", "s", "-"}) ==
        "--state: stdin has no position; ship it without");
  const temp_directory directory;
  const std::string pipe = directory / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(refusal_of({"-t", "web", "--state", "s", "a", pipe.c_str()}) ==
        "--state: " + pipe + " is a FIFO, which has no position");
  CHECK(refusal_of({"-t", "web", "--wait-lock", "1s", "a"}) == "--wait-lock: with --state alone");
  CHECK(refusal_of({"-t", "web", "--state", "", "a"}) == "--state: the name is empty");
}

TEST_CASE("earlier generations are where globs with the source's name or path say") {
  const auto plan = plan_of({"-t", "web", "--rotated", "/old/{name}.*", "--rotated",
                             "{path}-[0-9]*{,.gz}", "--ignore-older", "2d", "a"});
  CHECK(plan.follow.rotated == std::vector<std::string>{"/old/{name}.*", "{path}-[0-9]*{,.gz}"});
  CHECK(plan.follow.ignore_older == std::chrono::hours(48));
  for (const char* wrong : {"/old/{nam}.*", "/old/{", "/old/{path"}) {
    CHECK_THAT(refusal_of({"-t", "web", "--rotated", wrong, "a"}),
               Catch::Contains("is neither {name} nor {path} nor a list"));
  }
}
