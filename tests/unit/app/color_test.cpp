#include "common/color.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace logpipe;

namespace {

bool wants(const char* written, bool terminal) {
  app::color_option option;
  if (written != nullptr) option.when = written;
  return app::wants_color(option, terminal);
}

}  // namespace

TEST_CASE("colours are for terminals, unless the environment says no") {
  ::unsetenv("NO_COLOR");
  ::setenv("TERM", "xterm", 1);
  CHECK(wants(nullptr, true));
  CHECK(wants("auto", true));
  CHECK_FALSE(wants("auto", false));

  ::setenv("NO_COLOR", "", 1);
  CHECK(wants("auto", true));
  ::setenv("NO_COLOR", "1", 1);
  CHECK_FALSE(wants("auto", true));
  ::unsetenv("NO_COLOR");
  ::setenv("TERM", "dumb", 1);
  CHECK_FALSE(wants("auto", true));
}

TEST_CASE("who asks for colours gets them, and who asks for none") {
  ::setenv("NO_COLOR", "1", 1);
  CHECK(wants("always", false));
  CHECK_FALSE(wants("never", true));
  CHECK_THROWS_AS(wants("sometimes", true), app::usage_error);
  ::unsetenv("NO_COLOR");
}
