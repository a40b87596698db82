#include "logcat/resuming/plan.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <utility>

using namespace logpipe::logcat;
using logpipe::app::usage_error;

namespace {

resuming_options in_group(std::optional<std::string> commit = std::nullopt) {
  resuming_options written;
  written.group = "g";
  written.commit = std::move(commit);
  return written;
}

}  // namespace

TEST_CASE("a run that ends keeps its positions at its end, a follower as it writes") {
  CHECK(resolve(in_group(), true).commit == commit_policy::at_end);
  CHECK(resolve(in_group(), false).commit == commit_policy::at_flush);
  CHECK(resolve(in_group("flush"), true).commit == commit_policy::at_flush);
  CHECK(resolve(in_group("end"), false).commit == commit_policy::at_end);
}

TEST_CASE("what makes no sense without a group is a usage error, as is a word that is not known") {
  resuming_options written;
  SECTION("--join") {
    written.join = true;
  }
  SECTION("--commit") {
    written.commit = "end";
  }
  SECTION("no name") {
    written.group = "";
  }
  SECTION("no policy") {
    written = in_group("always");
  }
  CHECK_THROWS_AS(resolve(written, true), usage_error);
}
