#include "common/negative_values.hpp"

#include <CLI/CLI.hpp>
#include <catch2/catch.hpp>

#include <initializer_list>
#include <string>
#include <vector>

using logpipe::app::join_negative_values;

namespace {

std::vector<std::string> joined(std::initializer_list<const char*> words) {
  CLI::App app("for a test", "tool");
  std::string from;
  std::string since;
  std::string poll;
  bool exit = false;
  app.add_option("-o,--from", from);
  app.add_option("--since", since);
  app.add_flag("-e,--exit", exit);
  app.add_flag("--poll{250ms}", poll);
  std::vector<const char*> arguments = {"tool"};
  arguments.insert(arguments.end(), words);
  return join_negative_values(app, static_cast<int>(arguments.size()), arguments.data());
}

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("a negative value is joined to the option that takes it") {
  CHECK(joined({"-o", "-20", "test"}) == words{"-o-20", "test"});
  CHECK(joined({"-eo", "-20"}) == words{"-eo-20"});
  CHECK(joined({"--from", "-20"}) == words{"--from=-20"});
  CHECK(joined({"--since", "-15m", "-e"}) == words{"--since=-15m", "-e"});
}

TEST_CASE("what is joined already stays") {
  CHECK(joined({"-o-20", "--since=-15m"}) == words{"-o-20", "--since=-15m"});
}

TEST_CASE("flags and words take no value") {
  CHECK(joined({"-e", "-0"}) == words{"-e", "-0"});
  CHECK(joined({"--exit", "-0"}) == words{"--exit", "-0"});
  CHECK(joined({"--poll", "-0"}) == words{"--poll", "-0"});
  CHECK(joined({"test", "-20"}) == words{"test", "-20"});
  CHECK(joined({"-x", "-20"}) == words{"-x", "-20"});
  CHECK(joined({"-oo", "-20"}) == words{"-oo", "-20"});
}

TEST_CASE("an option is no value") {
  CHECK(joined({"-o", "-e"}) == words{"-o", "-e"});
  CHECK(joined({"-o", "-"}) == words{"-o", "-"});
  CHECK(joined({"-o"}) == words{"-o"});
}

TEST_CASE("behind two dashes nothing is an option") {
  CHECK(joined({"-e", "--", "-o", "-20"}) == words{"-e", "--", "-o", "-20"});
}
