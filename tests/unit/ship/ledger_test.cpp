#include <logpipe/ship/ledger.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <vector>

using logpipe::ship::ledger;

TEST_CASE("a generation's position is its start until something is finished") {
  ledger ledger;
  ledger.begin(1, 500);
  CHECK(ledger.position(1) == 500);
  ledger.add(1, 600, 2);
  CHECK(ledger.position(1) == 500);
  CHECK(ledger.unfinished() == 2);
}

TEST_CASE("a position does not move over a gap") {
  ledger ledger;
  ledger.begin(1, 0);
  const auto first = ledger.add(1, 100, 2);
  const auto second = ledger.add(1, 200, 1);
  CHECK(ledger.finish(1, second, 1));
  CHECK(ledger.position(1) == 0);
  CHECK_FALSE(ledger.finish(1, first, 1));
  CHECK(ledger.position(1) == 0);
  CHECK(ledger.finish(1, first, 1));
  CHECK(ledger.position(1) == 200);
  CHECK(ledger.unfinished() == 0);
}

TEST_CASE("bytes without records move the position with what stands before them") {
  ledger ledger;
  ledger.begin(1, 0);
  ledger.add(1, 50, 0);
  CHECK(ledger.position(1) == 50);
  const auto batch = ledger.add(1, 100, 1);
  ledger.add(1, 150, 0);
  CHECK(ledger.position(1) == 50);
  ledger.finish(1, batch, 1);
  CHECK(ledger.position(1) == 150);
}

TEST_CASE("generations have positions of their own") {
  ledger ledger;
  ledger.begin(1, 0);
  ledger.begin(2, 0);
  const auto one = ledger.add(1, 100, 1);
  const auto two = ledger.add(2, 300, 1);
  ledger.finish(2, two, 1);
  CHECK(ledger.position(1) == 0);
  CHECK(ledger.position(2) == 300);
  CHECK(ledger.unfinished(1) == 1);
  ledger.finish(1, one, 1);
  ledger.drop(1);
  CHECK(ledger.position(2) == 300);
}

TEST_CASE("beginning a generation again changes nothing") {
  ledger ledger;
  ledger.begin(1, 0);
  ledger.finish(1, ledger.add(1, 100, 1), 1);
  ledger.begin(1, 40);
  CHECK(ledger.position(1) == 100);
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
    ledger ledger;
    std::map<std::uint64_t, std::vector<modelled>> model;
    for (const std::uint64_t generation : {1U, 2U, 3U}) {
      ledger.begin(generation, 10 * generation);
      model[generation];
    }
    for (int step = 0; step < 60; ++step) {
      const std::uint64_t generation = 1 + pick(3);
      auto& batches = model[generation];
      if (batches.empty() || pick(3) == 0) {
        const std::uint64_t end =
            (batches.empty() ? 10 * generation : batches.back().end) + 1 + pick(99);
        const std::size_t records = pick(4);
        batches.push_back({end, ledger.add(generation, end, records), records});
      } else if (auto& batch = batches[pick(batches.size())]; batch.left > 0) {
        const std::size_t records = 1 + pick(batch.left);
        batch.left -= records;
        CHECK(ledger.finish(generation, batch.id, records) == (batch.left == 0));
      }
      std::uint64_t expected = 10 * generation;
      std::size_t left = 0;
      bool gap = false;
      for (const auto& batch : batches) {
        gap = gap || batch.left > 0;
        if (!gap) expected = batch.end;
        left += batch.left;
      }
      REQUIRE(ledger.position(generation) == expected);
      REQUIRE(ledger.unfinished(generation) == left);
    }
  }
}

TEST_CASE("a generation that nothing more comes of is forgotten once nothing of it is on its way") {
  ledger ledger;
  ledger.drop(7);  // never heard of
  ledger.begin(1, 0);
  const auto first = ledger.add(1, 10, 2);
  ledger.begin(2, 0);
  ledger.drop(1);
  ledger.drop(2);
  CHECK(ledger.generations() == 1);
  ledger.finish(1, first, 1);
  CHECK(ledger.position(1) == 0);
  ledger.finish(1, first, 1);
  CHECK(ledger.generations() == 0);
}
