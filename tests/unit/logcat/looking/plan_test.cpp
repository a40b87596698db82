#include "logcat/plan.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using namespace std::string_literals;
using kind = logcat::looking_plan::kind;

namespace {

/// What a command line comes to.
logcat::plan planned(std::vector<const char*> words, bool terminal = false) {
  words.insert(words.begin(), "logcat");
  logcat::options options;
  logcat::parse_options(static_cast<int>(words.size()), words.data(), options);
  return logcat::make_plan(options, terminal);
}

void refuses(std::vector<const char*> words, const std::string& advice) {
  CHECK_THROWS_WITH(planned(words), Catch::Contains(advice));
  CHECK_THROWS_AS(planned(std::move(words)), app::usage_error);
}

}  // namespace

TEST_CASE("a list needs no topic, and takes names and expressions") {
  CHECK(planned({"-L"}).looking.what == kind::list);
  const auto named = planned({"-L", "orders", "^app"});
  CHECK(named.selection.names("orders"));
  CHECK(named.selection.expressions.ask_for("app-1"));
  refuses({"-Q", "now"}, "name a TOPIC");
  refuses({"--verify"}, "name a TOPIC");
}

TEST_CASE("what looks is bounded") {
  CHECK(planned({"-L"}).bounded);
  CHECK(planned({"-Q", "now", "orders"}).bounded);
  CHECK(planned({"--verify", "orders"}).bounded);
  CHECK_FALSE(planned({"orders"}).looking.any());
}

TEST_CASE("a time is any form of time") {
  CHECK(planned({"-Q", "1700000000000", "orders"}).looking.time == 1'700'000'000'000);
  CHECK(planned({"-Q", "2026-11-22T10:00Z", "orders"}).looking.time == 1'795'341'600'000);
  CHECK(planned({"-Q", "-15m", "orders"}).looking.time > 1'700'000'000'000);
  CHECK(planned({"--query=-15m", "orders"}).looking.time > 1'700'000'000'000);
  refuses({"-Q", "yesterday", "orders"}, "\"yesterday\"");
}

TEST_CASE("kcat's way to ask for offsets is refused with ours") {
  refuses({"-Q", "-t", "orders:0:1700000000000"}, "write -Q TIME TOPIC");
  refuses({"-t", "orders:0:-1", "-Q"}, "write -Q TIME TOPIC");
  refuses({"-Q"}, "write -Q TIME TOPIC");
}

TEST_CASE("only one thing is looked at") {
  refuses({"-L", "--verify", "orders"}, "exclude each other");
  refuses({"-L", "-Q", "now", "orders"}, "exclude each other");
}

TEST_CASE("what says which records are printed has no place beside it") {
  refuses({"-L", "-f", "%s"}, "-L prints no records: leave --format out");
  refuses({"--verify", "-n", "5", "orders"}, "--verify prints no records: leave --tail out");
  refuses({"-Q", "now", "-o", "oldest", "orders"}, "-Q prints no records: leave --from out");
  CHECK_NOTHROW(planned({"-L", "-e", "-p", "0", "--timeout", "5s", "-q", "orders"}));
}

TEST_CASE("a group is looked at with -L") {
  CHECK(planned({"-L", "-G", "billing"}).looking.group == "billing");
  refuses({"-L", "-G", ""}, "-G");
}

TEST_CASE("any of them is JSON when asked") {
  CHECK(planned({"-L", "-J"}).looking.json);
  CHECK_FALSE(planned({"-L"}).looking.json);
  refuses({"-L", "--json=kcat"}, "write -J");
}

TEST_CASE("colours are as they were asked for") {
  CHECK(planned({"-L", "--color", "always"}).looking.coloured);
  CHECK(planned({"-Q", "now", "--color", "always", "orders"}).looking.coloured);
  CHECK_FALSE(planned({"-L", "--color", "never"}, true).looking.coloured);
}
