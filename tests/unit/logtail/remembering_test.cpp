#include "logtail/remembering.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <support/captured_stderr.hpp>
#include <support/temp_directory.hpp>
#include <utility>
#include <variant>

using namespace logpipe;
using namespace logpipe::logtail;

namespace {

/// One run behind the other over the same state file.
class remembering_story {
public:
  /// A run begins, which may not have a broker yet.
  remembering& start() {
    m_run.reset();
    m_state.reset();
    m_state.emplace(state_file{.lock = std::get<file_lock>(lock_state(path)),
                               .positions = std::make_unique<ship::position_database>(path),
                               .kept = {}});
    m_state->kept = m_state->positions->load();
    return m_run.emplace(*m_state, m_follower, m_out);
  }
  remembering& start(const std::string& cluster) {
    remembering& begun = start();
    begun.connected(cluster, m_acknowledged);
    return begun;
  }
  /// Ends it; gives what it has said.
  std::string end() {
    CHECK(m_run->end());
    return told();
  }
  /// What was said since this was asked last.
  std::string told() {
    const std::string all = m_stderr.text();
    return all.substr(std::exchange(m_read, all.size()));
  }
  /// A run that ships one log.
  std::string ship(const std::string& topic, const std::string& cluster) {
    start(cluster).add_source("/a.log", topic);
    return end();
  }
  ship::kept_source kept(const std::string& source) {
    for (const auto& each : m_state->positions->load().sources) {
      if (each.path == source) return each;
    }
    throw std::runtime_error("nothing is kept");
  }

  test::temp_directory directory;
  std::string path = directory / "state";

private:
  test::captured_stderr m_stderr;
  std::size_t m_read = 0;
  app::messages m_out{"logtail"};
  follow::follower m_follower{follow::follow_options{}, [](const follow::event&) {}};
  ship::ledger m_acknowledged{ship::ledger::moves::remembered};
  std::optional<state_file> m_state;
  std::optional<remembering> m_run;
};

}  // namespace

TEST_CASE("where lines went is kept, and nothing is said while they go on to go there") {
  remembering_story story;
  CHECK(story.ship("web", "one").empty());
  CHECK(story.kept("/a.log").topic == "web");
  CHECK(story.kept("/a.log").cluster == "one");
  CHECK(story.ship("web", "one").empty());
}

TEST_CASE("another topic is told once") {
  remembering_story story;
  story.ship("web", "one");
  CHECK(story.ship("new", "one") ==
        "logtail: " + story.path +
            ": lines went to topic \"web\" until now; from where they were, they go to topic "
            "\"new\"\n");
  CHECK(story.ship("new", "one").empty());
}

TEST_CASE("another cluster is told once") {
  remembering_story story;
  story.ship("web", "one");
  CHECK(story.ship("web", "two") ==
        "logtail: " + story.path +
            ": lines went to topic \"web\" of cluster one until now; from where they were, they "
            "go to topic \"web\" of cluster two\n");
  CHECK(story.ship("web", "two").empty());
}

TEST_CASE("a cluster that does not say which it is is no other one") {
  remembering_story story;
  story.ship("web", "one");
  CHECK(story.ship("web", "").empty());
  CHECK(story.kept("/a.log").cluster == "one");
  CHECK_FALSE(story.ship("web", "two").empty());
}

TEST_CASE("a change of many logs is told in one line") {
  remembering_story story;
  for (const char* topic : {"web", "new"}) {
    remembering& run = story.start("one");
    run.add_source("/a.log", topic);
    run.add_source("/b.log", topic);
    const std::string told = story.end();
    CHECK(std::count(told.begin(), told.end(), '\n') == (topic == std::string("new") ? 1 : 0));
  }
}

TEST_CASE("logs that are there before a broker is wait for what it says") {
  remembering_story story;
  story.ship("web", "one");
  remembering& run = story.start();
  run.add_source("/a.log", "new");
  CHECK(story.told().empty());
  ship::ledger acknowledged(ship::ledger::moves::remembered);
  run.connected("one", acknowledged);
  CHECK_FALSE(story.told().empty());
  story.end();
}

TEST_CASE("what is lost or refused is added up from run to run") {
  remembering_story story;
  for (int runs = 1; runs <= 2; ++runs) {
    remembering& run = story.start("one");
    run.add_source("/a.log", "web");
    run.note(follow::truncated{"/a.log", 100, 30});
    run.note(follow::truncated{"/a.log", 100, 0});
    run.refused("/a.log");
    story.end();
  }
  CHECK(story.kept("/a.log").lost == 60);
  CHECK(story.kept("/a.log").refused == 2);
}

TEST_CASE("an unfinished last line is kept as held until a run goes on with its log") {
  remembering_story story;
  remembering& run = story.start("one");
  run.add_source("/a.log", "web");
  run.note(follow::partial_held{"/a.log", 100, 7});
  story.end();
  CHECK(story.kept("/a.log").held == 7);
  story.ship("web", "one");
  CHECK(story.kept("/a.log").held == 0);
}

TEST_CASE("a state file that was removed is told, and the end says that nothing was kept") {
  remembering_story story;
  remembering& run = story.start("one");
  std::filesystem::remove(story.path);
  run.add_source("/a.log", "web");
  CHECK_FALSE(run.end());
  const std::string told = story.told();
  CHECK_THAT(told,
             Catch::Contains(story.path + ": positions cannot be kept (the file was removed"));
  CHECK_THAT(told, Catch::Contains("the last positions could not be kept"));
}
