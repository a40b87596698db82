#include <logpipe/ship/ledger.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <vector>

using logpipe::follow::bookmark;
using logpipe::follow::extent;
using logpipe::ship::ledger;

namespace {

/// A place with what stands before it, which has to come along.
bookmark at(std::uint64_t offset) {
  return {.offset = offset, .before = {.size = 1, .hash = offset * 31}};
}

extent part(std::uint64_t generation, std::uint64_t begin, std::uint64_t end) {
  return {.generation = generation, .begin = begin, .end = end, .before_end = at(end).before};
}

}  // namespace

TEST_CASE("a generation's position is its start until something is finished") {
  ledger ledger;
  ledger.begin(1, at(500));
  CHECK(ledger.position(1) == at(500));
  ledger.add(1, at(600), 2);
  CHECK(ledger.position(1) == at(500));
  CHECK(ledger.unfinished() == 2);
}

TEST_CASE("a position does not move over a gap") {
  ledger ledger;
  ledger.begin(1, at(0));
  const auto first = ledger.add(1, at(100), 2);
  const auto second = ledger.add(1, at(200), 1);
  CHECK(ledger.finish(1, second, 1));
  CHECK(ledger.position(1) == at(0));
  CHECK_FALSE(ledger.finish(1, first, 1));
  CHECK(ledger.position(1) == at(0));
  CHECK(ledger.finish(1, first, 1));
  CHECK(ledger.position(1) == at(200));
  CHECK(ledger.unfinished() == 0);
}

TEST_CASE("bytes without records move the position with what stands before them") {
  ledger ledger;
  ledger.begin(1, at(0));
  ledger.add(1, at(50), 0);
  CHECK(ledger.position(1) == at(50));
  const auto batch = ledger.add(1, at(100), 1);
  ledger.add(1, at(150), 0);
  CHECK(ledger.position(1) == at(50));
  ledger.finish(1, batch, 1);
  CHECK(ledger.position(1) == at(150));
}

TEST_CASE("generations have positions of their own") {
  ledger ledger;
  ledger.begin(1, at(0));
  ledger.begin(2, at(0));
  const auto one = ledger.add(1, at(100), 1);
  const auto two = ledger.add(2, at(300), 1);
  ledger.finish(2, two, 1);
  CHECK(ledger.position(1) == at(0));
  CHECK(ledger.position(2) == at(300));
  ledger.finish(1, one, 1);
  ledger.drop(1);
  CHECK_FALSE(ledger.knows(1));
  CHECK(ledger.position(2) == at(300));
}

TEST_CASE("beginning a generation again changes nothing") {
  ledger ledger;
  ledger.begin(1, at(0));
  ledger.finish(1, ledger.add(1, at(100), 1), 1);
  ledger.begin(1, at(40));
  CHECK(ledger.position(1) == at(100));
}

TEST_CASE("what a record covers of other generations is done with when the record is") {
  ledger ledger;
  ledger.begin(1, at(0));
  ledger.begin(2, at(0));
  const auto record = ledger.add(1, at(100), 1, std::vector{part(2, 0, 30)});
  const auto behind = ledger.add(2, at(50), 1);
  ledger.finish(2, behind, 1);
  CHECK(ledger.position(2) == at(0));
  ledger.finish(1, record, 1);
  CHECK(ledger.position(1) == at(100));
  CHECK(ledger.position(2) == at(50));
  CHECK(ledger.unfinished() == 0);
}

TEST_CASE("a record's rest is not passed while its first line would be read again") {
  ledger ledger;
  ledger.begin(1, at(0));
  ledger.begin(2, at(0));
  const auto before = ledger.add(1, at(60), 1);
  const auto record = ledger.add(1, at(100), 1, std::vector{part(2, 0, 30)});
  ledger.finish(1, record, 1);
  CHECK(ledger.position(2) == at(0));
  ledger.finish(1, before, 1);
  CHECK(ledger.position(1) == at(100));
  CHECK(ledger.position(2) == at(30));
}

TEST_CASE("a record that is left out moves the positions of all that it covers") {
  ledger ledger;
  ledger.begin(1, at(0));
  ledger.begin(2, at(0));
  ledger.add(1, at(100), 0, std::vector{part(2, 0, 30)});
  CHECK(ledger.position(1) == at(100));
  CHECK(ledger.position(2) == at(30));
}

// The model: a generation's position is the end of its longest finished prefix.
TEST_CASE("positions agree with a model under random acknowledgement orders") {
  const auto seed = std::random_device()();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto pick = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };

  struct modelled {
    std::uint64_t end;
    ledger::batch_id id;
    std::size_t left;
  };
  for (int sequence = 0; sequence < 300; ++sequence) {
    ledger ledger(ledger::moves::remembered);
    std::map<std::uint64_t, std::vector<modelled>> model;
    std::map<std::uint64_t, bookmark> taken;
    for (const std::uint64_t generation : {1U, 2U, 3U}) {
      ledger.begin(generation, at(10 * generation));
      model[generation];
      taken[generation] = at(10 * generation);
    }
    for (int step = 0; step < 60; ++step) {
      const std::uint64_t generation = 1 + pick(3);
      auto& batches = model[generation];
      if (batches.empty() || pick(3) == 0) {
        const std::uint64_t end =
            (batches.empty() ? 10 * generation : batches.back().end) + 1 + pick(99);
        const std::size_t records = pick(4);
        batches.push_back({end, ledger.add(generation, at(end), records), records});
      } else if (auto& batch = batches[pick(batches.size())]; batch.left > 0) {
        const std::size_t records = 1 + pick(batch.left);
        batch.left -= records;
        CHECK(ledger.finish(generation, batch.id, records) == (batch.left == 0));
      }
      std::uint64_t expected = 10 * generation;
      bool gap = false;
      for (const auto& batch : batches) {
        gap = gap || batch.left > 0;
        if (!gap) expected = batch.end;
      }
      REQUIRE(ledger.position(generation) == at(expected));
      if (pick(4) > 0) continue;
      for (const auto& move : ledger.take_moves()) {
        REQUIRE(taken[move.generation] != move.read);
        taken[move.generation] = move.read;
      }
      for (const auto& [each, read] : taken) {
        REQUIRE(ledger.position(each) == read);
      }
    }
    std::size_t left = 0;
    for (const auto& [generation, batches] : model) {
      for (const auto& batch : batches) {
        left += batch.left;
      }
    }
    CHECK(ledger.unfinished() == left);
  }
}

TEST_CASE("a generation that nothing more comes of is forgotten once nothing of it is on its way") {
  ledger ledger;
  ledger.drop(7);  // never heard of
  ledger.begin(1, at(0));
  const auto first = ledger.add(1, at(10), 2);
  ledger.begin(2, at(0));
  ledger.drop(1);
  ledger.drop(2);
  CHECK(ledger.generations() == 1);
  ledger.finish(1, first, 1);
  CHECK(ledger.position(1) == at(0));
  ledger.finish(1, first, 1);
  CHECK(ledger.generations() == 0);
}

TEST_CASE("a move is told once, however often the position moved") {
  ledger ledger(ledger::moves::remembered);
  ledger.begin(1, at(0));
  ledger.begin(2, at(0));
  CHECK_FALSE(ledger.has_moved());
  ledger.finish(1, ledger.add(1, at(10), 1), 1);
  ledger.finish(1, ledger.add(1, at(20), 1), 1);
  ledger.add(2, at(10), 1);
  CHECK(ledger.has_moved());
  const auto moves = ledger.take_moves();
  REQUIRE(moves.size() == 1);
  CHECK(moves[0].generation == 1);
  CHECK(moves[0].read == at(20));
  CHECK_FALSE(ledger.has_moved());
}

TEST_CASE("the last move of a generation can be taken after nothing more comes of it") {
  ledger ledger(ledger::moves::remembered);
  ledger.begin(1, at(0));
  const auto last = ledger.add(1, at(10), 1);
  ledger.drop(1);
  ledger.finish(1, last, 1);
  CHECK(ledger.knows(1));
  CHECK(ledger.take_moves().at(0).read == at(10));
  CHECK_FALSE(ledger.knows(1));
}
