#include <logpipe/follow/file/block_store.hpp>

#include <catch2/catch.hpp>

#include <cstring>

using namespace logpipe::follow;

namespace {

/// A chunk with the lines that were put at the given places of the block.
chunk give(block_store& blocks, std::size_t first, std::string_view text) {
  char* block = blocks.scratch();
  std::memcpy(block + first, text.data(), text.size());
  chunk out;
  out.lines.emplace_back(block + first, text.size());
  blocks.give(out, block + first, block + first + text.size(), 5000);
  return out;
}

}  // namespace

TEST_CASE("a chunk that fills a good part of the block takes it along") {
  block_store blocks(100);
  const char* block = blocks.scratch();
  const chunk out = give(blocks, 10, std::string(25, 'x'));
  CHECK(out.memory.get() == block);
  CHECK(out.offset_of(out.lines[0]) == 5010);
  CHECK(blocks.scratch() != block);
}

TEST_CASE("a small chunk gets memory of its own") {
  block_store blocks(100);
  const char* block = blocks.scratch();
  const chunk out = give(blocks, 10, "line");
  CHECK(out.memory.get() != block);
  CHECK(out.lines[0] == "line");
  CHECK(out.offset_of(out.lines[0]) == 5010);
  CHECK(blocks.scratch() == block);
}
