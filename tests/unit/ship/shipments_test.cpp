#include <logpipe/ship/shipments.hpp>
#include <logpipe/ship/topic.hpp>

#include <catch2/catch.hpp>

#include <support/chunk_of.hpp>

using namespace logpipe;
using namespace logpipe::ship;

TEST_CASE("a chunk's memory is on the account of a partition that still needs it") {
  shares memory(1 << 20);
  shipments under_way(memory);
  topic to(0, "t", false);
  parcel content;
  content.chunk = test::chunk_of({"one", "two"});
  for (const auto& line : content.chunk.lines) {
    content.records.push_back({line, {}, {}, -1, nullptr});
  }
  shipment& made = *under_way.keep(content, time_point());
  auto& records = made.content.records;
  batch& first = under_way.add_batch(made, to.at(0), {&records[0]});
  batch& second = under_way.add_batch(made, to.at(1), {&records[1]});
  const auto own = to.at(1).taken;
  CHECK(to.at(0).taken == own + 8);

  under_way.finish(first, 1);
  CHECK(to.at(0).taken == 0);
  CHECK(to.at(1).taken == own + 8);
  CHECK(memory.taken() == own + 8);
  under_way.finish(second, 1);
  CHECK(memory.taken() == 0);
  CHECK(under_way.bytes_finished() == 8);
  CHECK_FALSE(under_way.oldest());
}

TEST_CASE("what a record covers of other generations moves with it") {
  shares memory(1 << 20);
  shipments under_way(memory, ledger::moves::remembered);
  topic to(0, "t", false);
  parcel content;
  content.chunk = test::chunk_of({"one"}, 10);
  content.chunk.generation = 1;
  content.chunk.also = {{.generation = 2, .begin = 0, .end = 7, .before_end = {.size = 7}}};
  shipment& made = *under_way.keep(content, time_point());
  batch& record = under_way.add_batch(made, to.at(0), 1);
  CHECK(under_way.positions().position(1).offset == 10);
  CHECK(under_way.positions().position(2).offset == 0);

  under_way.finish(record, 1);
  CHECK(under_way.positions().position(1).offset == 14);
  CHECK(under_way.positions().position(2).offset == 7);
  CHECK(under_way.positions().position(2).before.size == 7);
  CHECK(under_way.positions().take_moves().size() == 2);
}

TEST_CASE("a chunk without lines moves what it covers in its turn") {
  shares memory(1 << 20);
  shipments under_way(memory);
  topic to(0, "t", false);
  parcel lines;
  lines.chunk = test::chunk_of({"one"});
  batch& record = under_way.add_batch(*under_way.keep(lines, time_point()), to.at(0), 1);
  parcel nothing;
  nothing.chunk.begin = nothing.chunk.base = 4;
  nothing.chunk.end = 9;
  CHECK(under_way.keep(nothing, time_point()) == nullptr);
  CHECK(under_way.positions().position(0).offset == 0);
  under_way.finish(record, 1);
  CHECK(under_way.positions().position(0).offset == 9);
}
