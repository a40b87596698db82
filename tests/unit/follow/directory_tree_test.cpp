#include "temporary_directory.hpp"

#include <logpipe/follow/names/directory_tree.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <utility>

using namespace logpipe;
using namespace logpipe::follow;
using namespace std::chrono_literals;
using logpipe::follow::testing::temporary_directory;
namespace fs = std::filesystem;

namespace {

using texts = std::vector<std::string>;

struct tree_fixture : temporary_directory {
  std::optional<watcher> watches{std::in_place, true};
  time_point now{1h};
  verdict answer = verdict::settled;

  directory_tree tree_of(const std::string& pattern) {
    return {glob(path(pattern)), {}, *watches, 0};
  }
  /// What is offered after the events that came.
  texts offered(directory_tree& tree) {
    std::vector<watch_hint> hints;
    watches->take(hints);
    for (const auto& hint : hints) {
      tree.hint(hint);
    }
    tree.look(now, [](const std::string&, int) { FAIL("not listable"); });
    return names(tree);
  }
  texts offered_of_all(directory_tree& tree) {
    tree.look_at_all(now, [](const std::string&, int) { FAIL("not listable"); });
    return names(tree);
  }
  texts names(directory_tree& tree) {
    texts found;
    tree.offer_names([&](const std::string& name) {
      found.push_back(fs::path(name).lexically_relative(path("")));
      return answer;
    });
    return found;
  }
};

}  // namespace

TEST_CASE_METHOD(tree_fixture, "each name is offered once") {
  append("x", "a.log");
  auto tree = tree_of("*.log");
  CHECK(offered(tree) == texts{"a.log"});
  append("x", "b.log");
  append("x", "b.txt");
  CHECK(offered(tree) == texts{"b.log"});
  CHECK(offered(tree).empty());
  CHECK(offered_of_all(tree).empty());
}

TEST_CASE_METHOD(tree_fixture, "a name that leads to another file is offered again") {
  append("x", "a.log");
  append("y", "b");
  auto tree = tree_of("*.log");
  offered(tree);
  rename("b", "a.log");
  CHECK(offered(tree) == texts{"a.log"});
}

TEST_CASE_METHOD(tree_fixture, "a name that was put off comes with the next full look") {
  append("x", "a.log");
  auto tree = tree_of("*.log");
  answer = verdict::later;
  CHECK(offered(tree).size() == 1);
  CHECK(offered(tree).empty());
  CHECK_FALSE(tree.is_urgent());
  answer = verdict::soon;
  CHECK(offered_of_all(tree).size() == 1);
  CHECK(tree.is_urgent());
  answer = verdict::settled;
  CHECK(offered(tree).size() == 1);
  CHECK(offered(tree).empty());
  CHECK(offered_of_all(tree).empty());
}

TEST_CASE_METHOD(tree_fixture, "the name of a source that ended is offered if it is there") {
  append("x", "a.log");
  auto tree = tree_of("*.log");
  offered(tree);
  tree.ended(path("a.log"));
  tree.ended(path("gone.log"));
  CHECK(offered(tree) == texts{"a.log"});
}

TEST_CASE_METHOD(tree_fixture, "directories come and go, and so do their watches") {
  auto tree = tree_of("d/**/*.log");
  CHECK(offered(tree).empty());
  CHECK(tree.directories() == 0);
  fs::create_directories(path("d/a/b"));
  append("x", "d/a/b/x.log");
  CHECK(offered(tree) == texts{"d/a/b/x.log"});
  CHECK(tree.directories() == 3);
  const std::size_t watched = watches->size();
  for (int i = 0; i < 50; ++i) {
    fs::rename(path("d/a"), path("d/c"));
    CHECK(offered(tree) == texts{"d/c/b/x.log"});
    fs::rename(path("d/c"), path("d/a"));
    CHECK(offered(tree) == texts{"d/a/b/x.log"});
  }
  CHECK(tree.directories() == 3);
  CHECK(watches->size() == watched);
}

TEST_CASE_METHOD(tree_fixture, "without events the changed directories are listed") {
  watches.emplace(false);
  fs::create_directory(path("d"));
  auto tree = tree_of("d/*.log");
  CHECK(offered_of_all(tree).empty());
  append("x", "d/a.log");
  CHECK(offered_of_all(tree) == texts{"d/a.log"});
  fs::remove_all(path("d"));
  CHECK(offered_of_all(tree).empty());
  fs::create_directory(path("d"));
  append("x", "d/a.log");
  CHECK(offered_of_all(tree) == texts{"d/a.log"});
}

TEST_CASE_METHOD(tree_fixture, "a large directory is not listed with every event") {
  for (int i = 0; i < 2000; ++i) {
    append("x", std::to_string(i) + ".log");
  }
  auto tree = tree_of("*.log");
  CHECK(offered(tree).size() == 2000);
  append("x", "new.log");
  CHECK(offered(tree).empty());
  REQUIRE(tree.due());
  CHECK(*tree.due() == now + 20ms);
  now += 20ms;
  CHECK(offered(tree) == texts{"new.log"});
  CHECK_FALSE(tree.due());
}

TEST_CASE_METHOD(tree_fixture, "directories in a circle of links are walked once") {
  fs::create_directories(path("d/a"));
  fs::create_directory_symlink("..", path("d/a/up"));
  fs::create_directory_symlink("a", path("d/b"));
  append("x", "d/a/x.log");
  auto tree = tree_of("d/**");
  CHECK(offered(tree).size() == 1);
  CHECK(tree.directories() == 2);
}
