#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

using logpipe::app::exit_code;
using logpipe::app::worse;

TEST_CASE("of several exit codes the first of 2, 5, 130 or 143, 1, 3, 4 counts") {
  const exit_code order[] = {exit_code::usage,  exit_code::owned,      exit_code::terminated,
                             exit_code::failed, exit_code::incomplete, exit_code::unmet,
                             exit_code::success};
  for (const auto* strong = std::begin(order); strong != std::end(order); ++strong) {
    for (const auto* weak = strong; weak != std::end(order); ++weak) {
      CHECK(worse(*strong, *weak) == *strong);
      CHECK(worse(*weak, *strong) == *strong);
    }
  }
}
