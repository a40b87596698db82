#include "temporary_directory.hpp"

#include <logpipe/follow/names/missed.hpp>

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

namespace {

struct missed_fixture : temporary_directory {
  /// Makes a file that was born in a later tick than the one before.
  void make(const std::string& name) {
    do {
      remove(name);
      append("x", name);
    } while (id(name).birth <= m_youngest);
    m_youngest = id(name).birth;
  }
  identity id(const std::string& name) { return status_of(path(name))->id; }
  std::vector<std::string> missed(const std::string& before) {
    return missed_generations(path("log"), id(before), id("log"));
  }

private:
  std::int64_t m_youngest = 0;
};

}  // namespace

TEST_CASE_METHOD(missed_fixture, "files between two generations are found by name and birth") {
  for (const auto* name :
       {"log.4", "log.9", "log.7", "log.audit", "log.", "log.1.gz", "other.1", "log", "log.2"}) {
    make(name);
  }
  CHECK(missed("log.4") == std::vector{path("log.9"), path("log.7")});
  CHECK(missed("log.7").empty());
}

TEST_CASE_METHOD(missed_fixture, "within one tick the numbers decide, dates the other way round") {
  for (const auto* name : {"log.3", "log.2", "log.1", "log"}) {
    append("x", name);
  }
  CHECK(missed("log.3") == std::vector{path("log.2"), path("log.1")});
  remove("log.2");
  remove("log.1");
  for (const auto* name : {"log-20261121", "log-20261122"}) {
    append("x", name);
  }
  remove("log");
  append("x", "log");
  CHECK(missed("log.3") == std::vector{path("log-20261121"), path("log-20261122")});
}

TEST_CASE_METHOD(missed_fixture, "without birth times none are found") {
  append("x", "log.2");
  append("x", "log.1");
  append("x", "log");
  identity unknown = id("log.2");
  unknown.birth = 0;
  CHECK(missed_generations(path("log"), unknown, id("log")).empty());
}
