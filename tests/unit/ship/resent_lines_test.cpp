#include <logpipe/ship/resent_lines.hpp>

#include <catch2/catch.hpp>

#include <support/chunk_of.hpp>

using namespace logpipe;
using namespace logpipe::ship;

namespace {

constexpr follow::generation_id now_called = 7;

/// Of one file an earlier run had acknowledged so much, and handed over so much.
struct resent_story {
  resent_story(std::uint64_t read, std::uint64_t sent) : lines({kept(1, read, sent)}) {
    begin(read, {1});
  }

  static follow::kept_generation kept(follow::kept_id id, std::uint64_t read, std::uint64_t sent) {
    follow::kept_generation file;
    file.id = id;
    file.read.offset = read;
    file.sent = sent;
    return file;
  }
  std::uint64_t begin(std::uint64_t read, std::vector<follow::kept_id> continues) {
    return lines.begin({now_called, kept(0, read, 0), std::move(continues)});
  }
  /// Lines of nine bytes and a line end, from there on.
  std::uint64_t send(std::uint64_t from, std::size_t count,
                     follow::generation_id generation = now_called) {
    auto chunk = test::chunk_of(std::vector<std::string>(count, "nine byte"), from);
    chunk.generation = generation;
    return lines.count(chunk);
  }

  resent_lines lines;
};

}  // namespace

TEST_CASE("lines that were handed over and not acknowledged are counted, chunk by chunk") {
  resent_story story(20, 60);
  CHECK(story.send(20, 3) == 3);
  CHECK(story.send(50, 3) == 1);
  CHECK(story.send(80, 3) == 0);
}

TEST_CASE("a line of which a part was handed over counts") {
  resent_story story(0, 15);
  CHECK(story.send(0, 3) == 2);
}

TEST_CASE("where all was acknowledged nothing is counted") {
  resent_story story(60, 60);
  CHECK(story.begin(60, {1}) == 0);
  CHECK(story.send(60, 3) == 0);
}

TEST_CASE("it is another run's generation alone that is counted") {
  resent_story story(0, 1000);
  CHECK(story.send(0, 3, now_called + 1) == 0);
  CHECK(story.send(0, 3) == 3);
}

TEST_CASE("a generation that continues several counts up to the farthest") {
  resent_lines lines({resent_story::kept(1, 0, 20), resent_story::kept(2, 0, 50)});
  CHECK(lines.begin({now_called, resent_story::kept(0, 0, 0), {1, 2}}) == 50);
}

TEST_CASE("a file that is begun beyond what was handed over counts nothing") {
  resent_story story(0, 40);
  CHECK(story.begin(40, {1}) == 0);
}
