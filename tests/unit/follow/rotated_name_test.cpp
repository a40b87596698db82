#include "temporary_directory.hpp"

#include <logpipe/follow/names/rotated_name.hpp>

#include <catch2/catch.hpp>

using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

TEST_CASE("the log that a name was rotated from") {
  CHECK(rotated_from("/var/log/app.log.1") == "/var/log/app.log");
  CHECK(rotated_from("app.log-20261122") == "app.log");
  CHECK_FALSE(rotated_from("/var/log/app.log"));
  CHECK_FALSE(rotated_from("/var/log/app1"));
  CHECK_FALSE(rotated_from("/var/log/.1"));
  CHECK_FALSE(rotated_from("1"));
}

TEST_CASE_METHOD(temporary_directory, "the earlier files beside a log") {
  append("x", "log.1");
  append("x", "log.audit");
  append("x", "login.1");
  CHECK(rotated_names(path("log")) == std::vector<std::string>{path("log.1")});
}
