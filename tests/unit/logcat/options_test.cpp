#include "logcat/options.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <initializer_list>
#include <string>
#include <vector>

using logpipe::app::usage_error;
using logpipe::logcat::options;

namespace {

options parse(std::initializer_list<const char*> written) {
  std::vector<const char*> arguments = {"logcat"};
  for (const char* each : written) {
    arguments.push_back(each);
  }
  options parsed;
  logpipe::logcat::parse_options(static_cast<int>(arguments.size()), arguments.data(), parsed);
  return parsed;
}

}  // namespace

TEST_CASE("topics are named alone or behind -t") {
  CHECK(parse({"test"}).topics == std::vector<std::string>{"test"});
  CHECK(parse({"-t", "test"}).topics == std::vector<std::string>{"test"});
  CHECK(parse({"a", "-t", "c", "b"}).topics == std::vector<std::string>{"a", "b", "c"});
  CHECK(parse({"-e", "--", "-odd"}).topics == std::vector<std::string>{"-odd"});
}

TEST_CASE("negative starts in every form") {
  CHECK(parse({"-o", "-20", "test"}).selection.from == "-20");
  CHECK(parse({"-o-20", "test"}).selection.from == "-20");
  CHECK(parse({"--from", "-20", "test"}).selection.from == "-20");
  CHECK(parse({"--from=-20", "test"}).selection.from == "-20");
  CHECK(parse({"test", "-eo", "-20"}).selection.from == "-20");
  CHECK(parse({"test", "-eo", "-20"}).selection.exit);
  CHECK(parse({"-o", "oldest", "-0", "test"}).printing.nul);
}

TEST_CASE("each option has its place") {
  const auto all =
      parse({"-e",     "-c", "5",  "-p", "0,2-4", "-f", "%s\\n", "-0", "--timeout", "10s",
             "--idle", "5s", "-q", "-b", "a:1",   "-X", "x=y",   "-F", "file",      "test"});
  CHECK(all.selection.exit);
  CHECK(all.selection.count == "5");
  CHECK(all.selection.partitions == "0,2-4");
  CHECK(all.printing.format == "%s\\n");
  CHECK(all.printing.nul);
  CHECK(all.selection.timeout == "10s");
  CHECK(all.selection.idle == "5s");
  CHECK(all.connection.quiet);
  CHECK(all.connection.brokers == "a:1");
  CHECK(all.connection.properties == std::vector<std::string>{"x=y"});
  CHECK(all.connection.files == std::vector<std::string>{"file"});
  CHECK(parse({"--value", "test"}).printing.value_only);
  CHECK(parse({"-n", "20", "test"}).selection.tail == "20");
}

TEST_CASE("conditions have their places, those that are lists more than one") {
  const auto all = parse({"-k", "key", "-g", "a", "--grep", "b", "--grep-key", "c", "--grep-header",
                          "n=d", "-i", "--invert", "-A", "1", "-B2", "-C", "3", "test"})
                       .filtering;
  CHECK(all.key == "key");
  CHECK(all.grep == std::vector<std::string>{"a", "b"});
  CHECK(all.grep_key == std::vector<std::string>{"c"});
  CHECK(all.grep_header == std::vector<std::string>{"n=d"});
  CHECK(all.any_case);
  CHECK(all.invert);
  CHECK(all.after == "1");
  CHECK(all.before == "2");
  CHECK(all.around == "3");
  CHECK(parse({"-C", "-t", "test"}).filtering.around == "");
  CHECK(parse({"--tombstones", "--fail-empty", "test"}).filtering.tombstones);
  CHECK(parse({"--tombstones", "--fail-empty", "test"}).filtering.fail_empty);
  CHECK(parse({"--count-only", "test"}).filtering.counts());
  CHECK(parse({"--histogram", "5m", "test"}).filtering.histogram == "5m");
}

TEST_CASE("another tool's letters name what to write instead") {
  CHECK_THROWS_WITH(parse({"-P", "-t", "test"}), Catch::Contains("logtail"));
  CHECK_THROWS_WITH(parse({"-v", "test"}), Catch::Contains("--verbose"));
  CHECK_THROWS_WITH(parse({"-u", "test"}), Catch::Contains("leave it out"));
  CHECK_THROWS_WITH(parse({"--from-beginning", "test"}), Catch::Contains("-o oldest"));
}

TEST_CASE("unknown options and missing values") {
  CHECK_THROWS_AS(parse({"--frmat", "x", "test"}), usage_error);
  CHECK_THROWS_WITH(parse({"--frmat", "x", "test"}), Catch::Contains("did you mean --format?"));
  CHECK_THROWS_AS(parse({"-J", "test"}), usage_error);
  CHECK_THROWS_AS(parse({"-20", "test"}), usage_error);
  CHECK_THROWS_AS(parse({"-c"}), usage_error);
}
