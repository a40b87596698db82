#include "temporary_directory.hpp"

#include <logpipe/follow/file/generation.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

namespace {

using lines = std::vector<std::string>;
using outcome = generation::outcome;

struct generation_fixture : temporary_directory {
  block_store blocks{64};
  framing how{.max_line = 1000};
  chunk out;
  struct passed_over_line {
    std::uint64_t offset;
    std::uint64_t size;
  };
  std::vector<passed_over_line> passed_over;

  generation open_at(std::uint64_t offset) { return {1, open(), offset}; }

  outcome read(generation& from) {
    return from.read(out, blocks, how, [&](std::uint64_t offset, std::uint64_t size) {
      passed_over.push_back({offset, size});
    });
  }
  /// Reads until there is nothing more, or something else than lines.
  lines read_all(generation& from, outcome last = outcome::at_end) {
    lines all;
    outcome found{};
    while ((found = read(from)) == outcome::lines || found == outcome::more) {
      if (found == outcome::lines) all.insert(all.end(), out.lines.begin(), out.lines.end());
    }
    CHECK(found == last);
    return all;
  }
  /// Reads to the end and joins the pieces of lines.
  lines read_pieces(generation& from) {
    lines all;
    bool goes_on = false;
    outcome found{};
    while ((found = read(from)) == outcome::lines || found == outcome::more) {
      if (found == outcome::more) continue;
      for (const auto line : out.lines) {
        CHECK(line.size() <= how.max_line);
        if (!goes_on) all.emplace_back();
        all.back() += line;
        goes_on = out.partial;
        if (goes_on) CHECK(line.size() == how.max_line);
      }
    }
    CHECK_FALSE(goes_on);
    return all;
  }
};

}  // namespace

TEST_CASE_METHOD(generation_fixture, "lines come with their place in the file") {
  append("one\r\n\nthree\nhal");
  auto file = open_at(0);
  REQUIRE(read(file) == outcome::lines);
  REQUIRE(out.lines.size() == 3);
  CHECK(out.begin == 0);
  CHECK(out.end == 12);
  CHECK(out.generation == 1);
  CHECK(out.offset_of(out.lines[2]) == 6);
  CHECK(file.drained());
  CHECK(file.offset() == 12);
  CHECK(file.rest() == 3);
}

TEST_CASE_METHOD(generation_fixture, "an unfinished line comes when it is finished") {
  append("one\nhal");
  auto file = open_at(0);
  CHECK(read_all(file) == lines{"one"});
  append("f\ntw");
  CHECK(read_all(file) == lines{"half"});
  CHECK(out.begin == 4);
  append("o\n");
  CHECK(read_all(file) == lines{"two"});
}

TEST_CASE_METHOD(generation_fixture, "chunks follow each other without a gap") {
  for (int i = 0; i < 100; ++i) {
    append("line " + std::to_string(i) + "\n");
  }
  auto file = open_at(0);
  std::uint64_t end = 0;
  int count = 0;
  while (read(file) == outcome::lines) {
    CHECK(out.begin == end);
    end = out.end;
    for (const auto line : out.lines) {
      CHECK(line == "line " + std::to_string(count++));
    }
  }
  CHECK(count == 100);
}

TEST_CASE_METHOD(generation_fixture, "lines of any length around the block size come whole") {
  lines expected;
  for (std::size_t size = 0; size < 400; ++size) {
    expected.push_back(std::to_string(size) + std::string(size, 'x'));
    append(expected.back() + "\n");
  }
  auto file = open_at(0);
  CHECK(read_all(file) == expected);
}

TEST_CASE_METHOD(generation_fixture, "a line beyond the limit is passed over and told") {
  how.max_line = 100;
  how.longer = long_lines::pass_over;
  const std::string longest(100, 'a');
  append(longest + "\r\n" + std::string(101, 'b') + "\nnext\n" + std::string(5000, 'c') +
         "\r\nlast\n");
  auto file = open_at(0);
  CHECK(read_all(file) == lines{longest, "next", "last"});
  REQUIRE(passed_over.size() == 2);
  CHECK(passed_over[0].offset == 102);
  CHECK(passed_over[0].size == 101);
  CHECK(passed_over[1].offset == 209);
  CHECK(passed_over[1].size == 5000);
}

TEST_CASE_METHOD(generation_fixture, "the rest is given as a line on request") {
  append("one\nrest\r");
  auto file = open_at(0);
  CHECK(read_all(file) == lines{"one"});
  REQUIRE(file.read_rest(out, how, {}) == outcome::lines);
  CHECK(out.lines.at(0) == "rest\r");
  CHECK(out.begin == 4);
  CHECK(out.end == 9);
  CHECK(file.read_rest(out, how, {}) == outcome::at_end);
  append("more\n");
  CHECK(read_all(file) == lines{"more"});
}

TEST_CASE_METHOD(generation_fixture, "a shorter file was truncated") {
  append("one\ntwo\n");
  auto file = open_at(0);
  read_all(file);
  rewrite("one\n");
  CHECK(read(file) == outcome::truncated);
  file.begin_again(2);
  CHECK(read_all(file) == lines{"one"});
  CHECK(out.generation == 2);
}

TEST_CASE_METHOD(generation_fixture, "a file that was rewritten is noticed by its guard") {
  append("one\ntwo\n");
  auto file = open_at(0);
  read_all(file);
  SECTION("longer than before") {
    rewrite("one\ntwO\nthree\n");
  }
  SECTION("as long as before") {
    rewrite("one\ntwO\n");
  }
  CHECK(read(file) == outcome::truncated);
}

TEST_CASE_METHOD(generation_fixture,
                 "a file rewritten alike before the place is told by its head") {
  const std::string alike(300, 'a');
  append("one\n" + alike);
  auto file = open_at(GENERATE(as<std::uint64_t>{}, 0, 4, 304));
  read_all(file);
  rewrite("two\n" + alike + "\n");
  CHECK(read(file) == outcome::truncated);
  file.begin_again(2);
  CHECK(read_all(file) == lines{"two", alike});
}

TEST_CASE_METHOD(generation_fixture,
                 "the fingerprint covers what has been seen, up to its capacity") {
  append("");
  auto file = open_at(0);
  std::string written;
  while (!file.head().full()) {
    const std::string text = std::to_string(written.size()) + ": some text\nand half";
    append(text);
    written += text;
    read_all(file);
    CHECK(file.head().size() == std::min<std::size_t>(written.size(), 1024));
    CHECK(file.head().matches(written));
  }
}

TEST_CASE_METHOD(generation_fixture, "the guard holds where reading began in the middle") {
  append(std::string(300, 'x') + "\n");
  auto file = open_at(301);
  CHECK(read(file) == outcome::at_end);
  rewrite(std::string(299, 'x') + "y\n" + "new\n");
  CHECK(read(file) == outcome::truncated);
}

TEST_CASE_METHOD(generation_fixture, "the guard covers an unfinished line, a long one too") {
  const std::size_t size = GENERATE(as<std::size_t>{}, 10, 500);
  append(std::string(size, 'x'));
  auto file = open_at(0);
  read_all(file);
  rewrite(std::string(size - 1, 'x') + "y\n");
  CHECK(read(file) == outcome::truncated);
}

TEST_CASE_METHOD(generation_fixture, "a limit ends reading before the line that begins there") {
  append("one\ntwo\nthree\n");
  auto file = open_at(0);
  SECTION("at a line's beginning") {
    file.limit(4, true);
    CHECK(read_all(file) == lines{"one"});
  }
  SECTION("within a line that is to be finished") {
    file.limit(5, true);
    CHECK(read_all(file) == lines{"one", "two"});
  }
  SECTION("within a line that is not") {
    file.limit(5, false);
    CHECK(read_all(file) == lines{"one"});
    CHECK(file.rest() == 1);
  }
  CHECK(file.drained());
}

TEST_CASE_METHOD(generation_fixture, "a limit within a long line") {
  const std::string long_line(500, 'x');
  append(long_line + "\nnext\n");
  auto file = open_at(0);
  file.limit(300, true);
  CHECK(read_all(file) == lines{long_line});
  CHECK(file.offset() == 501);
}

TEST_CASE_METHOD(generation_fixture, "a read error is told") {
  std::filesystem::create_directory(path("dir"));
  generation file(1, open("dir"), 0);
  CHECK(read(file) == outcome::failed);
  CHECK(file.error() == EISDIR);
}

TEST_CASE_METHOD(generation_fixture, "a long line that was rewritten before the guard is no line") {
  const std::string same(300, 'x');
  append(same + same);
  auto file = open_at(0);
  read_all(file);
  rewrite("one\ntwo\n" + same + same + "\n");
  SECTION("when its end is found") {
    read_all(file, outcome::truncated);
  }
  SECTION("when it is taken as it is") {
    CHECK(file.read_rest(out, how, {}) == outcome::truncated);
  }
}

TEST_CASE_METHOD(generation_fixture, "a long line is cut into pieces that join to the whole") {
  how.max_line = GENERATE(as<std::size_t>{}, 1, 10, 100);
  const std::string ends = GENERATE("\n", "\r\n", "<-->");
  if (ends == "<-->") how.end = line_end(ends);
  lines expected;
  for (std::size_t size = 0; size < 400; size += 7) {
    expected.push_back(std::to_string(size) + std::string(size, '<'));
    append(expected.back() + ends);
  }
  auto file = open_at(0);
  SECTION("without a limit") {}
  SECTION("with a limit within the last line") {
    file.limit(std::filesystem::file_size(path()) - 200, true);
  }
  CHECK(read_pieces(file) == expected);
  CHECK(file.rest() == 0);
}

TEST_CASE_METHOD(generation_fixture, "a line of just the longest size is not cut") {
  how.max_line = 100;
  const std::string longest(100, 'x');
  append(longest + "\r");
  auto file = open_at(0);
  CHECK(read_all(file).empty());
  append("\n");
  CHECK(read_all(file) == lines{longest});
  CHECK_FALSE(out.partial);
}

TEST_CASE_METHOD(generation_fixture, "pieces come before the line's end is there") {
  how.max_line = 100;
  append(std::string(250, 'x'));
  auto file = open_at(0);
  CHECK(read_all(file) == lines{std::string(100, 'x'), std::string(100, 'x')});
  CHECK(out.partial);
  CHECK(file.offset() == 200);
  CHECK(file.rest() == 50);
  append("y\nnext\n");
  CHECK(read_all(file) == lines{std::string(50, 'x') + "y", "next"});
  CHECK_FALSE(out.partial);
}

TEST_CASE_METHOD(generation_fixture, "the rest of a long line is given in pieces too") {
  how.max_line = 100;
  append(std::string(101, 'x'));
  auto file = open_at(0);
  read_all(file);
  REQUIRE(file.read_rest(out, how, {}) == outcome::lines);
  CHECK(out.partial);
  CHECK(read_all(file) == lines{"x"});
  CHECK_FALSE(out.partial);
  CHECK(file.offset() == 101);
}

TEST_CASE_METHOD(generation_fixture, "a limit that stops in a long line leaves its end unread") {
  how.max_line = 100;
  append(std::string(500, 'x') + "\nnext\n");
  auto file = open_at(0);
  file.limit(450, false);
  CHECK(read_all(file).size() == 4);
  CHECK(file.offset() == 400);
  CHECK(file.rest() == 50);
}

TEST_CASE_METHOD(generation_fixture, "a line end of several bytes is found across reads") {
  how.end = line_end("<-->");
  const std::string text = "one<-->two<-->" + std::string(300, 'x') + "<-->";
  append("");
  auto file = open_at(0);
  lines took;
  for (const char byte : text) {
    append({&byte, 1});
    for (auto& line : read_all(file))
      took.push_back(std::move(line));
  }
  CHECK(took == lines{"one", "two", std::string(300, 'x')});
}

TEST_CASE_METHOD(generation_fixture, "a chunk knows the inode of its file") {
  append("one\n");
  auto file = open_at(0);
  read(file);
  CHECK(out.inode == file.id().inode);
}
