#include "logtail/positions/command.hpp"

#include "common/exit_code.hpp"
#include "logtail/sources.hpp"

#include <logpipe/follow/names/real_path.hpp>

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::logtail;

namespace {

std::optional<positions_command> command_of(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "logtail");
  options options;
  parse_options(static_cast<int>(arguments.size()), arguments.data(), options);
  return plan_positions(options);
}

template <typename Command>
Command the(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), {"--state", "s.db"});
  return std::get<Command>(command_of(std::move(arguments)).value());
}

std::string refusal_of(const std::vector<const char*>& arguments) {
  try {
    command_of(arguments);
  } catch (const app::usage_error& error) {
    return error.what();
  }
  return "(accepted)";
}

}  // namespace

TEST_CASE("without --status, --set or --forget a run is asked for") {
  CHECK_FALSE(command_of({"-t", "web", "a"}));
  CHECK_FALSE(command_of({"-t", "web", "--state", "s.db", "a"}));
}

TEST_CASE("the status is shown of all, or of those that are named") {
  const auto all = the<show_status>({"--status"});
  CHECK(all.state == "s.db");
  CHECK(all.sources.empty());
  CHECK_FALSE(all.as_json);
  CHECK_FALSE(all.max_lag);
  const auto some = the<show_status>({"--status", "-J", "a.log", "/x/../b.log", "./a.log"});
  CHECK(some.as_json);
  CHECK(some.sources == std::vector<std::string>{follow::full_path("a.log"), "/b.log"});
}

TEST_CASE("limits of the status are a size and a duration") {
  const auto limited = the<show_status>({"--status", "--max-lag", "10M", "--max-age", "5m"});
  CHECK(limited.max_lag == 10 << 20);
  CHECK(limited.max_age == std::chrono::minutes(5));
  CHECK(refusal_of({"--state", "s", "--status", "--max-lag", "much"}).starts_with("--max-lag"));
  CHECK(refusal_of({"--state", "s", "--status", "--max-age", "5"}).starts_with("--max-age"));
}

TEST_CASE("a position is a path and a number of bytes, or the end") {
  const auto set =
      the<set_positions>({"--set", "/a=12", "--set", "/b=c=5000000000", "--set", "/d=end"});
  REQUIRE(set.targets.size() == 3);
  CHECK(set.targets[0].path == "/a");
  CHECK(set.targets[0].offset == 12);
  CHECK(set.targets[1].path == "/b=c");
  CHECK(set.targets[1].offset == 5'000'000'000);
  CHECK(set.targets[2].path == "/d");
  CHECK_FALSE(set.targets[2].offset);
}

TEST_CASE("what is no position is refused") {
  for (const auto* offset : {"", "-1", "10K", "+5", "0x10", " 5", "end ", "99999999999999999999"}) {
    const std::string text = std::string("/a=") + offset;
    INFO(text);
    CHECK(refusal_of({"--state", "s", "--set", text.c_str()}).find("is no offset") !=
          std::string::npos);
  }
  CHECK(refusal_of({"--state", "s", "--set", "/a"}).find("PATH=OFFSET") != std::string::npos);
  CHECK(refusal_of({"--state", "s", "--set", "=5"}) == "--set: a PATH is empty");
  CHECK(refusal_of({"--state", "s", "--set", "/a=1", "--set", "/x/../a=2"}) ==
        "--set: /a is given twice");
}

TEST_CASE("several can be forgotten") {
  CHECK(the<forget_sources>({"--forget", "/a", "--forget", "/b", "--forget", "/a"}).sources ==
        std::vector<std::string>{"/a", "/b"});
}

TEST_CASE("one thing is done at a time, and it needs a state") {
  CHECK(refusal_of({"--status"}) == "--status: of which positions? name their --state FILE");
  CHECK(refusal_of({"--set", "/a=1"}).starts_with("--set: of which positions"));
  CHECK(refusal_of({"--state", "s", "--status", "--set", "/a=1"}) ==
        "--status and --set: one at a time");
  CHECK(refusal_of({"--state", "s", "--forget", "/b", "--set", "/a=1"}) ==
        "--set and --forget: one at a time");
}

TEST_CASE("what belongs to a run is refused beside them, how to reach a broker is not") {
  CHECK(refusal_of({"--state", "s", "--status", "-t", "web"}) ==
        "--topic: nothing is shipped with --status; leave it out");
  CHECK(refusal_of({"--state", "s", "--forget", "/a", "--once"}) ==
        "--once: nothing is shipped with --forget; leave it out");
  CHECK(refusal_of({"--state", "s", "--set", "/a=1", "-n", "5"}) ==
        "-n: nothing is shipped with --set; leave it out");
  CHECK(refusal_of({"--state", "s", "--status", "-b", "k:9092", "-X", "client.id=x", "-q"}) ==
        "(accepted)");
}

TEST_CASE("paths stand beside --status alone") {
  CHECK(refusal_of({"--state", "s", "--forget", "/a", "/b"}) ==
        "\"/b\": what is that for? --forget takes one PATH, and may be given several times");
  CHECK(refusal_of({"--state", "s", "--set", "/a=1", "/b=2"}).find("PATH=OFFSET") !=
        std::string::npos);
}

TEST_CASE("what asks for a form or a limit of the status is refused without it") {
  CHECK(refusal_of({"-t", "web", "-J", "a"}).find("leave it out") != std::string::npos);
  CHECK(refusal_of({"-t", "web", "--max-lag", "1M", "a"}) == "--max-lag: with --status alone");
  CHECK(refusal_of({"--state", "s", "--forget", "/a", "--max-age", "1m"}) ==
        "--max-age: with --status alone");
}
