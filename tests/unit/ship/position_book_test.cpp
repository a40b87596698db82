#include <logpipe/ship/position_book.hpp>

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <support/chunk_of.hpp>

using namespace logpipe;
using namespace logpipe::ship;
using follow::kept_generation;

namespace {

/// A book of one generation or some, each of the source "/log", whose lines are nine bytes and a
/// line end.
struct book_story {
  static follow::bookmark at(std::uint64_t offset) { return {.offset = offset, .before = {}}; }
  static kept_generation file(std::uint64_t read, std::uint64_t size) {
    kept_generation file;
    file.source = file.name = "/log";
    file.read = at(read);
    file.size = size;
    return file;
  }

  void begin(follow::generation_id generation, std::uint64_t start = 0, std::uint64_t size = 0,
             std::vector<follow::kept_id> continues = {}, std::uint64_t sent_before = 0) {
    book.begin({generation, file(start, size), std::move(continues)}, sent_before);
  }
  /// True: not before it is kept.
  bool give(follow::generation_id generation, std::uint64_t from, std::size_t lines) {
    auto chunk = test::chunk_of(std::vector<std::string>(lines, "nine byte"), from);
    chunk.generation = generation;
    return book.give(chunk);
  }
  /// So many bytes passed by, without a line to send.
  bool give_nothing(follow::generation_id generation, std::uint64_t from, std::uint64_t to) {
    auto chunk = test::chunk_of({}, from);
    chunk.generation = generation;
    chunk.end = to;
    return book.give(chunk);
  }
  std::vector<std::string> settle() {
    book.settle();
    return book.refresh([&](auto, auto) { return described; });
  }
  position_changes collect() const {
    position_changes changes;
    book.collect(changes);
    return changes;
  }
  /// What is kept now; it was one generation.
  kept_generation keep(const ledger* acknowledged = nullptr) {
    const auto changes = collect();
    book.kept(acknowledged);
    if (changes.generations.size() != 1) throw std::runtime_error("not one generation");
    return changes.generations[0];
  }

  follow::kept_id last_id = 0;
  position_book book{[this] { return ++last_id; }};
  /// What the follower says of any of them.
  std::optional<kept_generation> described;
};

}  // namespace

TEST_CASE("a generation is kept with an ID of its own in the place of what it continues") {
  book_story story;
  story.begin(1, 10, 20, {41, 42});
  const auto changes = story.collect();
  REQUIRE(changes.generations.size() == 1);
  CHECK(changes.generations[0].id == 1);
  CHECK(changes.generations[0].read == book_story::at(10));
  CHECK(changes.generations[0].sent == 10);
  CHECK(changes.forgotten == std::vector<follow::kept_id>{41, 42});
}

TEST_CASE("first lines wait until their beginning is kept, and the next ones do not") {
  book_story story;
  story.begin(1, 0, 1000);
  CHECK(story.give(1, 0, 2));
  CHECK(story.keep().sent >= 20);
  CHECK_FALSE(story.give(1, 20, 2));
}

TEST_CASE("lines beyond what was kept ahead wait, and as much again is kept ahead of them") {
  book_story story;
  story.begin(1);
  CHECK(story.give(1, 0, 2));
  CHECK(story.keep().sent == 40);
  CHECK_FALSE(story.give(1, 20, 2));
  CHECK(story.give(1, 40, 1));
  CHECK(story.keep().sent == 100);
}

TEST_CASE("bytes without a line to send wait for nothing") {
  book_story story;
  story.begin(1);
  CHECK_FALSE(story.give_nothing(1, 0, 5000));
}

TEST_CASE("where one file's first lines are sent, up to 64K of the others are kept ahead") {
  book_story story;
  story.begin(1, 0, 20);
  story.begin(2, 0, 30);
  story.begin(3, 0, 1 << 20);
  CHECK(story.give(1, 0, 2));
  const auto changes = story.collect();
  REQUIRE(changes.generations.size() == 3);
  CHECK(changes.generations[1].sent == 30);
  CHECK(changes.generations[2].sent == 64 << 10);
  story.book.kept(nullptr);
  CHECK_FALSE(story.give(2, 0, 3));
  CHECK_FALSE(story.give(3, 0, 100));
}

TEST_CASE("at even intervals what is kept ahead comes to what was given since the last") {
  book_story story;
  story.begin(1);
  story.give(1, 0, 10);
  story.settle();
  CHECK(story.keep().sent == 200);
  story.give(1, 100, 5);
  story.settle();
  CHECK(story.collect().generations.empty());
  story.settle();
  CHECK(story.keep().sent == 150);
  CHECK_FALSE(story.book.changed());
}

TEST_CASE("at the end nothing is kept ahead") {
  book_story story;
  story.begin(1);
  story.give(1, 0, 10);
  story.book.close();
  CHECK(story.keep().sent == 100);
}

TEST_CASE("what an earlier run had sent stays so until it is passed") {
  book_story story;
  story.begin(1, 0, 0, {41}, 500);
  CHECK(story.keep().sent == 500);
  CHECK_FALSE(story.give(1, 0, 10));
  story.settle();
  story.book.close();
  CHECK(story.collect().generations.empty());
  CHECK(story.give(1, 100, 50));
}

TEST_CASE("settling takes over what the follower says, but for what is counted here") {
  book_story story;
  story.begin(1);
  story.give(1, 0, 10);
  story.book.move({1, book_story::at(50)});
  story.described = book_story::file(0, 1234);
  story.described->name = "/log.1";
  story.settle();
  const auto kept = story.keep();
  CHECK(kept.name == "/log.1");
  CHECK(kept.size == 1234);
  CHECK(kept.id == 1);
  CHECK(kept.read == book_story::at(50));
  CHECK(kept.sent == 200);
}

TEST_CASE("a source is at its end when its open generation is acknowledged to its size") {
  book_story story;
  story.begin(1, 0, 100);
  story.give(1, 0, 10);
  story.described = book_story::file(0, 100);
  CHECK(story.settle().empty());
  story.book.move({1, book_story::at(100)});
  CHECK(story.settle() == std::vector<std::string>{"/log"});
  story.book.kept(nullptr);
  CHECK(story.settle().empty());

  story.described->what = kept_generation::state::followed;
  story.book.move({1, book_story::at(100)});
  CHECK(story.settle().empty());
}

TEST_CASE("one that has ended is forgotten when all of it was given, acknowledged and kept") {
  book_story story;
  ledger acknowledged;
  story.begin(1, 0, 20);
  story.book.kept(nullptr);
  story.give(1, 0, 2);
  acknowledged.begin(1, book_story::at(0));
  const auto batch = acknowledged.add(1, book_story::at(20), 2);
  acknowledged.drop(1);
  auto last = book_story::file(0, 20);
  last.what = kept_generation::state::followed;
  story.book.end({1, last});
  story.settle();
  story.settle();
  story.book.kept(&acknowledged);
  CHECK(story.book.source_of(1) != nullptr);

  acknowledged.finish(1, batch, 2);
  story.book.move({1, book_story::at(20)});
  CHECK(story.keep(&acknowledged).is_done());
  CHECK(story.book.source_of(1) == nullptr);
}

TEST_CASE("what was not kept is collected again") {
  book_story story;
  story.begin(1, 0, 0, {41});
  story.book.know({book_story::file(5, 5), {42}});
  story.book.see({43});
  story.book.forget(44);
  for (int tries = 0; tries < 2; ++tries) {
    const auto changes = story.collect();
    CHECK(changes.generations.size() == 2);
    CHECK(changes.forgotten == std::vector<follow::kept_id>{41, 42, 44});
    CHECK(changes.seen == std::vector<follow::kept_id>{43});
    CHECK(story.book.changed());
  }
  story.book.kept(nullptr);
  CHECK_FALSE(story.book.changed());
  CHECK(story.collect().generations.empty());
}
