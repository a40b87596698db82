#include "common/when.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

using logpipe::app::when;
using logpipe::app::when_value;

TEST_CASE("when something is done is a word, automatic unless given") {
  CHECK(when_value("--color", std::nullopt) == when::automatic);
  CHECK(when_value("--color", "auto") == when::automatic);
  CHECK(when_value("--color", "always") == when::always);
  CHECK(when_value("--color", "never") == when::never);
  CHECK_THROWS_AS(when_value("--color", "yes"), logpipe::app::usage_error);
  CHECK_THROWS_WITH(when_value("--color", "yes"),
                    "--color: \"yes\" is none of auto, always and never");
}
