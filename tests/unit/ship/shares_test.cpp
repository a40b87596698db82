#include <logpipe/ship/shares.hpp>

#include <catch2/catch.hpp>

#include <array>

using namespace logpipe;
using ship::shares;

namespace {

constexpr std::size_t memory = 12000;
constexpr std::size_t piece = 10;

/// Takes in turn for those that are at work, each as long as it is below its limit.
template <std::size_t count>
class takers {
public:
  void take_turns() {
    for (std::size_t turn = 0; turn < memory; ++turn) {
      for (std::size_t i = 0; i < count; ++i) {
        if (!m_at_work[i] || taken[i] >= room.limit(&taken[i], now)) continue;
        room.take(taken[i], piece);
        room.used(&taken[i], now);
      }
    }
  }
  void stop(std::size_t which) { m_at_work[which] = false; }

  time_point now{};
  shares room{memory};
  std::array<std::size_t, count> taken{};

private:
  std::array<bool, count> m_at_work = [] {
    std::array<bool, count> all{};
    all.fill(true);
    return all;
  }();
};

}  // namespace

TEST_CASE("one that is alone may take three quarters") {
  takers<1> story;
  story.take_turns();
  CHECK(story.taken[0] == Approx(memory * 3 / 4).margin(piece));
  CHECK(story.room.has_room());
}

TEST_CASE("among others, one takes at most a quarter, and something is left for each") {
  takers<4> story;
  story.take_turns();
  for (const auto taken : story.taken) {
    CHECK(taken <= memory / 4 + piece);
    CHECK(taken == Approx(memory / 7).margin(2 * piece));
  }
  CHECK(story.room.has_room());
}

TEST_CASE("one that gives nothing back has at most a quarter while the others come and go") {
  takers<3> story;
  for (int turn = 0; turn < 50; ++turn) {
    story.take_turns();
    for (const std::size_t moving : {1u, 2u}) {
      CHECK(story.taken[moving] > 0);
      story.room.give_back(story.taken[moving], story.taken[moving]);
      story.room.used(&story.taken[moving], story.now);
    }
    story.now += milliseconds(500);
  }
  CHECK(story.taken[0] <= memory / 4 + piece);
}

TEST_CASE("one that was not alone is, when the others were quiet for a second") {
  takers<2> story;
  story.take_turns();
  story.room.give_back(story.taken[1], story.taken[1]);
  story.stop(1);
  story.now += milliseconds(999);
  const auto before = story.room.limit(&story.taken[0], story.now);
  REQUIRE(story.room.next_change(story.now) == story.now + milliseconds(1));
  story.now += milliseconds(1);
  CHECK(story.room.limit(&story.taken[0], story.now) > before);
  story.take_turns();
  CHECK(story.taken[0] == Approx(memory * 3 / 4).margin(piece));
  CHECK_FALSE(story.room.next_change(story.now + milliseconds(1000)));
}

TEST_CASE("one that comes late finds room, however much the first took when it was alone") {
  takers<2> story;
  story.stop(1);
  story.take_turns();
  CHECK(story.room.limit(&story.taken[1], story.now) > 0);
}
