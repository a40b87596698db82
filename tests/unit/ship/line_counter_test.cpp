#include <logpipe/ship/line_counter.hpp>

#include <catch2/catch.hpp>

using logpipe::follow::chunk;
using logpipe::ship::line_counter;

namespace {

chunk chunk_from(logpipe::follow::generation_id generation, std::uint64_t begin) {
  chunk made;
  made.generation = generation;
  made.begin = begin;
  return made;
}

}  // namespace

TEST_CASE("lines are numbered from 1, over chunks, with either line end") {
  line_counter counter;
  counter.enter(chunk_from(1, 0));
  CHECK(counter.count(0, 5) == 1);
  CHECK(counter.count(6, 0) == 2);
  CHECK(counter.count(8, 5) == 3);
  counter.enter(chunk_from(1, 14));
  CHECK(counter.count(14, 5) == 4);
}

TEST_CASE("another file is numbered anew") {
  line_counter counter;
  counter.enter(chunk_from(1, 0));
  counter.count(0, 5);
  counter.enter(chunk_from(2, 0));
  CHECK(counter.count(0, 5) == 1);
}

TEST_CASE("a file that was begun in its middle has no numbers") {
  line_counter counter;
  counter.enter(chunk_from(1, 100));
  CHECK_FALSE(counter.count(100, 5));
  counter.enter(chunk_from(1, 106));
  CHECK_FALSE(counter.count(106, 5));
}

TEST_CASE("behind a line that was passed over nothing is numbered") {
  line_counter counter;
  counter.enter(chunk_from(1, 0));
  CHECK(counter.count(0, 5) == 1);
  CHECK_FALSE(counter.count(1000, 5));
  CHECK_FALSE(counter.count(1006, 5));
  counter.enter(chunk_from(1, 1012));
  CHECK_FALSE(counter.count(1012, 5));
}
