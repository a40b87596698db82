// Random stories of logs and their reader, judged by a model of the contract. A failure says how it
// is told again, and told_stories.hpp what else can be asked for.
#include "random_story.hpp"
#include "told_stories.hpp"

#include <catch2/catch.hpp>

using namespace logpipe::follow::testing;

TEST_CASE("whatever happens to logs, their lines come once and in order") {
  const auto broken = first_broken(tell<random_story>, 2000);
  INFO(broken.value_or(""));
  CHECK_FALSE(broken);
}
