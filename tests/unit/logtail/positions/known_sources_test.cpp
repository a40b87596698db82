#include "logtail/positions/known_sources.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace logpipe;
using namespace logpipe::logtail;
using Catch::Matchers::Contains;

namespace {

/// /log/app.log with a generation, /log/web.log with counts alone.
ship::kept_positions some_kept() {
  ship::kept_positions kept;
  kept.generations.resize(1);
  kept.generations[0].source = "/log/app.log";
  kept.sources.resize(1);
  kept.sources[0].path = "/log/web.log";
  return kept;
}

}  // namespace

TEST_CASE("what something is kept of is known") {
  const std::vector<std::string> both{"/log/app.log", "/log/web.log"};
  CHECK_NOTHROW(expect_known("--status", both, some_kept()));
  CHECK_NOTHROW(expect_known("--status", {}, {}));
}

TEST_CASE("what nothing is kept of is refused, with the nearest name") {
  const std::vector<std::string> near{"/log/app.log", "/log/wbe.log"};
  CHECK_THROWS_WITH(
      expect_known("--forget", near, some_kept()),
      "--forget: nothing is kept of \"/log/wbe.log\"; did you mean \"/log/web.log\"?");
  const std::vector<std::string> far{"/srv/data/x"};
  CHECK_THROWS_WITH(expect_known("--forget", far, some_kept()), Contains("shows what is"));
}

TEST_CASE("the others are taken out") {
  auto kept = some_kept();
  keep_only(kept, std::vector<std::string>{"/log/web.log"});
  CHECK(kept.generations.empty());
  CHECK(kept.sources.size() == 1);
}
