#include "shipper_story.hpp"

#include <logpipe/base/hash.hpp>

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::test;

namespace {

constexpr std::size_t memory = 1 << 20;

ship::shipper::options with_routing(ship::routing::kind how) {
  ship::shipper::options options;
  options.memory = memory;
  options.routing.how = how;
  return options;
}

/// Sources that never end, read in turn as the follower does, and a broker that answers after each
/// turn: for a stuck partition, or topic, with silence or with an error.
class endless {
public:
  explicit endless(shipper_story& over, follow::source_id sources = 4)
      : m_over(over), m_sources(sources) {}

  void run(int turns, const std::function<bool(const fake_sender::sent&)>& moves,
           kafka::error_code error = 0) {
    for (int turn = 0; turn < turns; ++turn) {
      read_all();
      if (error == 0) {
        m_over.sender->acknowledge_if(moves);
      } else {
        m_over.sender->answer([&](const auto& sent) { return moves(sent) ? 0 : error; });
      }
      m_over.pass(milliseconds(10));
    }
  }
  /// Chunks that were read of a source.
  std::map<follow::source_id, int> chunks;
  std::function<void(follow::source_id)> ship_chunk = [this](follow::source_id source) {
    m_over.ship(source, std::vector<std::string>(20, std::string(83, 'x')));
  };

private:
  void read_all() {
    for (bool any = true; any;) {
      any = false;
      for (follow::source_id source = 0; source < m_sources; ++source) {
        if (!m_over.shipper.has_room() || !m_over.may_read(source)) continue;
        ship_chunk(source);
        ++chunks[source];
        any = true;
      }
    }
  }

  shipper_story& m_over;
  follow::source_id m_sources;
};

const auto all_but_first = [](const fake_sender::sent& sent) { return sent.to.partition != 0; };

}  // namespace

TEST_CASE("a partition that is silent takes a quarter at most; the other three go on for ever") {
  shipper_story story(with_routing(ship::routing::kind::file));
  endless load(story);
  load.run(500, all_but_first);
  CHECK_FALSE(story.may_read(0));
  const auto stuck = load.chunks[0];
  CHECK(stuck > 0);
  const auto before = load.chunks;
  load.run(500, all_but_first);
  CHECK(load.chunks[0] == stuck);
  for (const follow::source_id moving : {1u, 2u, 3u}) {
    CHECK(load.chunks[moving] >= before.at(moving) + 500);
  }
  story.sender->acknowledge_if(all_but_first);
  story.serve();
  CHECK(story.shipper.memory_taken() <= memory / 4 + 8000);

  load.run(10, [](const auto&) { return true; });
  CHECK(story.may_read(0));
  CHECK(load.chunks[0] > stuck);
}

TEST_CASE("a partition that fails does not hold the other three") {
  shipper_story story(with_routing(ship::routing::kind::file));
  endless load(story);
  load.run(300, all_but_first, unknown_topic);
  CHECK_FALSE(story.may_read(0));
  CHECK(load.chunks[3] >= 300);
  CHECK(story.told<ship::held>().size() == 1);
  load.run(300, [](const auto&) { return true; });
  CHECK(story.told<ship::resumed>().size() == 1);
  CHECK(story.may_read(0));
}

TEST_CASE("a topic that is closed to us holds only its own sources") {
  shipper_story story(with_routing(ship::routing::kind::file));
  story.add_topic("denied", 4);
  endless load(story, 8);
  const auto first_topic = [](const auto& sent) { return sent.to.topic == 0; };
  load.run(500, first_topic, topic_denied);
  for (const follow::source_id of_denied : {4u, 5u, 6u, 7u}) {
    CHECK_FALSE(story.may_read(of_denied));
  }
  const auto before = load.chunks;
  load.run(500, first_topic, topic_denied);
  for (const follow::source_id moving : {0u, 1u, 2u, 3u}) {
    CHECK(load.chunks[moving] >= before.at(moving) + 500);
  }
  for (const auto& held : story.told<ship::held>()) {
    CHECK(held.topic == "denied");
  }
}

TEST_CASE("spread passes over a partition that does not move, and no source waits for it") {
  shipper_story story(with_routing(ship::routing::kind::spread));
  endless load(story, 1);
  load.run(500, all_but_first);
  const auto before = load.chunks[0];
  load.run(500, all_but_first);
  CHECK(story.may_read(0));
  CHECK(load.chunks[0] >= before + 500);
}

TEST_CASE("a key whose partition is stuck holds the sources of its topic, within its quarter") {
  shipper_story story(with_routing(ship::routing::kind::key));
  story.add_topic("u", 4);
  endless load(story, 8);
  load.ship_chunk = [&](follow::source_id source) {
    story.ship_keyed(source, std::vector<std::string>(4, std::string(83, 'x')),
                     {"a", "b", "c", "d"});
  };
  const auto stuck = murmur2_partition("a", 4);
  const auto moves = [&](const auto& sent) {
    return sent.to.topic != 0 || sent.to.partition != stuck;
  };
  load.run(300, moves);
  CHECK_FALSE(story.may_read(0));
  CHECK_FALSE(story.may_read(3));
  const auto before = load.chunks;
  load.run(300, moves);
  CHECK(load.chunks[0] == before.at(0));
  CHECK(load.chunks[4] >= before.at(4) + 300);
  story.sender->acknowledge_if(moves);
  story.serve();
  CHECK(story.shipper.memory_taken() <= memory / 4 + 8000);
}

TEST_CASE("a source that is added behind a closed gate is told so") {
  shipper_story story(with_routing(ship::routing::kind::fixed));
  endless load(story);
  load.run(10, [](const auto&) { return false; });
  CHECK_FALSE(story.may_read(0));
  story.shipper.add_source(9, 0, "/new.log");
  CHECK_FALSE(story.may_read(9));
  story.broker_takes_all();
  CHECK(story.may_read(9));
}
