#include <logpipe/follow/memory/memory.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace logpipe::follow;

using ids = std::vector<kept_id>;
using state = kept_generation::state;

namespace {

std::string text_of(const std::string& word, std::size_t least = 2000) {
  std::string text;
  for (int i = 0; text.size() < least; ++i) {
    text += word + " " + std::to_string(i) + "\n";
  }
  return text;
}

bookmark place_in(std::string_view text, std::size_t offset) {
  return {.offset = offset, .before = print_of(text.substr(0, offset))};
}

/// A file of /log with the number 10, whose content is `text`, read up to `offset`.
kept_generation kept_of(std::string_view text, std::size_t offset, kept_id id = 1) {
  kept_generation made;
  made.id = id;
  made.source = "/log";
  made.name = "/log";
  made.inode = 10;
  made.birth = 100;
  made.head.extend(text);
  made.read = place_in(text, offset);
  made.sent = offset;
  made.size = made.file_size = text.size();
  return made;
}

/// The same, done with.
kept_generation done_with(std::string_view text, kept_id id = 1) {
  auto made = kept_of(text, text.size(), id);
  made.what = state::followed;
  return made;
}

/// What is shown: a file with the content, by default with another number.
struct shown {
  std::string text;
  std::uint64_t inode = 20;
  std::int64_t birth = 200;
  std::string log = {};
  std::uint64_t inode_at_log = 0;
  std::optional<std::uint64_t> compressed_size = {};

  shown_file file() const {
    return {.inode = inode,
            .birth = birth,
            .compressed_size = compressed_size,
            .head = std::string_view(text).substr(0, fingerprint::capacity),
            .stands_at =
                [this](const bookmark& place) {
                  return place.offset <= text.size() && place_in(text, place.offset) == place;
                },
            .log = log,
            .inode_at_log = inode_at_log};
  }
};

recollection recall(const memory& kept, const shown& file) {
  return kept.recall(file.file());
}

}  // namespace

TEST_CASE("nothing is known of nothing") {
  const memory kept;
  CHECK(kept.is_empty());
  CHECK_FALSE(kept.knows("/log"));
  CHECK(recall(kept, {text_of("a")}).as.empty());
  CHECK(kept.by_number(10, 100) == nullptr);
}

TEST_CASE("a file is known by its number, with what stood before the place") {
  const std::string text = text_of("a");
  const memory kept({kept_of(text, 500)});
  const auto found = recall(kept, {text + "more", 10, 100});
  CHECK(found.as == ids{1});
  CHECK(found.from == place_in(text, 500));
  CHECK_FALSE(found.by_content);
  CHECK_FALSE(found.is_done);
  CHECK_FALSE(found.is_copy);
  CHECK(recall(kept, {text_of("b"), 10, 100}).as.empty());
  std::string changed = text;
  changed[499] = '!';
  CHECK(recall(kept, {changed, 10, 100}).as.empty());
}

TEST_CASE("another birth time is another file") {
  const memory kept({kept_of("one\n", 4)});
  CHECK(recall(kept, {"one\n", 10, 101}).as.empty());
  CHECK(kept.by_number(10, 101) == nullptr);
  CHECK(kept.by_number(10, 100) != nullptr);
}

TEST_CASE("an empty file is known by its number, where there are birth times or it has the name") {
  auto empty = kept_of("", 0);
  CHECK(recall(memory({empty}), {"one\n", 10, 100}).as == ids{1});
  empty.birth = 0;
  CHECK(recall(memory({empty}), {"one\n", 10, 0}).as.empty());
  CHECK(recall(memory({empty}), {"one\n", 10, 0, "/log"}).as == ids{1});
}

TEST_CASE("one that was cut is not known by its number any more") {
  const std::string text = text_of("a");
  auto cut = kept_of(text, 500);
  cut.what = state::replaced;
  const memory kept({cut});
  CHECK(kept.by_number(10, 100) == nullptr);
  CHECK(recall(kept, {text, 10, 100}).by_content);
}

TEST_CASE("a full fingerprint and what stood before the place tell a file by its content") {
  const std::string text = text_of("a");
  const memory kept({kept_of(text, 1500)});
  const auto found = recall(kept, {text});
  CHECK(found.as == ids{1});
  CHECK(found.by_content);
  std::string changed = text;
  changed[1490] = '!';
  CHECK(recall(kept, {changed}).as.empty());
  CHECK(recall(kept, {text.substr(0, 1400)}).as.empty());
}

TEST_CASE("a short fingerprint proves nothing unless the name fits too") {
  const memory kept({kept_of("one\n", 4)});
  CHECK(recall(kept, {"one\ntwo\n"}).as.empty());
  CHECK(recall(kept, {"one\ntwo\n", 20, 200, "/other"}).as.empty());
  CHECK(recall(kept, {"one\ntwo\n", 20, 200, "/log"}).as == ids{1});
}

TEST_CASE("lines that are all alike tell a file only if it was made of the one that was kept") {
  std::string text;
  while (text.size() < 2000) {
    text += "ok\n";
  }
  auto alike = kept_of(text, 1500);
  alike.alike = true;
  const memory kept({alike});
  CHECK(recall(kept, {text}).as.empty());
  CHECK(recall(kept, {text, 20, 200, "/log"}).as.empty());
  CHECK(recall(kept, {text, 20, 200, "/log", 11}).as.empty());
  CHECK(recall(kept, {text, 20, 200, "/log", 10}).as == ids{1});
  CHECK(recall(kept, {text, 20, 200, "/log", 11, 50}).as == ids{1});
  CHECK(recall(kept, {text, 20, 200, "/other", 10}).as.empty());
}

TEST_CASE("several that are one file: the first place of those that are to be read on") {
  const std::string text = text_of("a");
  const auto order = GENERATE(true, false);
  auto first = kept_of(text, 1200, 1);
  auto second = kept_of(text, 1500, 2);
  auto done = done_with(text, 3);
  std::vector<kept_generation> all{done, first, second};
  if (order) std::swap(all[0], all[2]);
  const auto found = recall(memory(all), {text});
  CHECK(found.as.size() == 3);
  CHECK(found.from.offset == 1200);
  CHECK_FALSE(found.is_done);
}

TEST_CASE("several that are done with: the last place") {
  const std::string text = text_of("a");
  const auto order = GENERATE(true, false);
  auto shorter = done_with(text.substr(0, 1500), 1);
  auto longer = done_with(text, 2);
  std::vector<kept_generation> all{shorter, longer};
  if (order) std::swap(all[0], all[1]);
  const auto found = recall(memory(all), {text});
  CHECK(found.from.offset == text.size());
  CHECK(found.is_done);
}

TEST_CASE("what was left out is so when all that is known of it was") {
  const std::string text = text_of("a");
  auto left_out = done_with(text, 1);
  left_out.what = state::left_out;
  CHECK(recall(memory({left_out}), {text}).is_left_out);
  CHECK_FALSE(recall(memory({left_out, done_with(text, 2)}), {text}).is_left_out);
  CHECK_FALSE(recall(memory({done_with(text, 2)}), {text}).is_left_out);
}

TEST_CASE("when each has been found already, it is a copy") {
  const std::string text = text_of("a");
  memory kept({kept_of(text, 1200, 1), kept_of(text, 1500, 2)});
  kept.found({1});
  CHECK_FALSE(recall(kept, {text}).is_copy);
  kept.found({2});
  CHECK(recall(kept, {text}).is_copy);
}

TEST_CASE("a compressed file that is as large as it was is not read") {
  const std::string text = text_of("a");
  auto known = done_with(text);
  known.file_size = 77;
  const memory kept({known});
  shown file{text, 10, 100, "", 0, 77};
  auto unread = file.file();
  unread.stands_at = [](const bookmark&) -> bool { throw std::logic_error("was read"); };
  CHECK(kept.recall(unread).as == ids{1});
  unread.compressed_size = 78;
  CHECK_THROWS_AS(kept.recall(unread), std::logic_error);
}

TEST_CASE("a compressed file of which nothing was read is known in a copy by its size") {
  const std::string text = text_of("a");
  auto known = kept_of(text, 0);
  known.read = {};
  known.size = known.sent = 0;
  known.file_size = 77;
  known.what = state::left_out;
  const memory kept({known});
  CHECK(recall(kept, {text, 20, 200, "", 0, 77}).is_left_out);
  CHECK(recall(kept, {text, 20, 200, "", 0, 78}).as.empty());
  CHECK(recall(kept, {text}).as.empty());
}

TEST_CASE("what is kept of a log: all, missing and there") {
  auto other = kept_of("x\n", 2, 3);
  other.source = "/other";
  memory kept({kept_of("a\n", 2, 1), kept_of("b\n", 2, 2), other});
  CHECK(kept.logs() == std::vector<std::string>{"/log", "/other"});
  CHECK(kept.knows("/log"));
  CHECK_FALSE(kept.knows("/lo"));
  CHECK(kept.of("/log").size() == 2);
  CHECK(kept.there("/log").empty());
  kept.found({1, 3});
  CHECK(kept.there("/log") == ids{1});
  REQUIRE(kept.missing("/log").size() == 1);
  CHECK(kept.missing("/log")[0]->id == 2);
  CHECK(kept.is_found(1));
  CHECK_FALSE(kept.is_found(2));
  CHECK(kept.at(2).id == 2);
  CHECK_THROWS_AS(kept.at(9), std::out_of_range);
}

TEST_CASE("each is replaced once") {
  memory kept({kept_of("a\n", 2, 1), kept_of("b\n", 2, 2)});
  CHECK(kept.replace({1}) == ids{1});
  CHECK(kept.replace({1, 2}) == ids{2});
  CHECK(kept.is_found(2));
}
