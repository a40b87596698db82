// Random stories of logs whose reader comes and goes, judged by a model of the contract. A failure
// says how it is told again, and told_stories.hpp what else can be asked for.
#include "../model/told_stories.hpp"
#include "downtime_story.hpp"

#include <catch2/catch.hpp>

using namespace logpipe::follow::testing;

TEST_CASE("whatever happens to logs while nothing runs, their lines come once and in order") {
  const auto broken = first_broken(tell<downtime_story>, 300);
  INFO(broken.value_or(""));
  CHECK_FALSE(broken);
}
