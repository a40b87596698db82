#include <logpipe/follow/lines/stream_buffer.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

using namespace logpipe::follow;

namespace {

using lines = std::vector<std::string>;

struct buffer_fixture {
  std::string delimiter = "\n";
  std::size_t max_line = 1000;
  long_lines longer = long_lines::cut;
  framing how;
  std::optional<stream_buffer> made;
  lines took;
  std::vector<bool> partial;
  std::uint64_t end = 0;
  std::string written;  // all of it, from offset 0 on
  std::size_t chunks = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> passed_over;

  stream_buffer& buffer() {
    if (!made) {
      how = {.end = line_end(delimiter), .max_line = max_line, .longer = longer};
      made.emplace(64, how);
    }
    return *made;
  }
  void begin_behind(const std::string& before) {
    how = {.end = line_end(delimiter), .max_line = max_line, .longer = longer};
    made.emplace(64, how, before.size(), before);
    written = before;
    end = before.size();
  }
  too_long_observer too_long() {
    return [this](std::uint64_t offset, std::uint64_t size) {
      passed_over.emplace_back(offset, size);
    };
  }
  void take(const chunk& out) {
    CHECK(out.begin >= end);
    CHECK((longer == long_lines::pass_over || out.begin == end));
    end = out.end;
    ++chunks;
    CHECK(out.before_end == print_of(std::string_view(written).substr(0, end)));
    for (const auto line : out.lines) {
      CHECK(out.offset_of(line) >= out.begin);
      CHECK(out.offset_of(line) + line.size() <= out.end);
      took.emplace_back(line);
      partial.push_back(out.partial);
    }
  }
  /// Writes the text in pieces of at most `most` bytes.
  void write(std::string_view text, std::size_t most) {
    while (!text.empty()) {
      const auto room = buffer().room();
      REQUIRE(room.size > 0);
      const std::size_t size = std::min({text.size(), room.size, most});
      std::memcpy(room.data, text.data(), size);
      written += text.substr(0, size);
      buffer().added(size);
      chunk out;
      while (buffer().take(out, too_long()))
        take(out);
      text.remove_prefix(size);
    }
  }
  void close() {
    chunk out;
    while (buffer().take_rest(out, too_long()))
      take(out);
  }
  /// The lines that the pieces join to.
  lines joined() const {
    lines whole;
    bool goes_on = false;
    for (std::size_t i = 0; i < took.size(); ++i) {
      if (goes_on) {
        whole.back() += took[i];
      } else {
        whole.push_back(took[i]);
      }
      goes_on = partial[i];
    }
    CHECK_FALSE(goes_on);
    return whole;
  }
};

}  // namespace

TEST_CASE_METHOD(buffer_fixture, "lines come whole however they are cut up") {
  const std::size_t most = GENERATE(as<std::size_t>{}, 1, 7, 64, 100000);
  lines expected;
  for (std::size_t size = 0; size < 300; size += 3) {
    expected.push_back(std::string(size, 'x') + std::to_string(size));
    write(expected.back() + "\n", most);
  }
  write("rest", most);
  close();
  expected.push_back("rest");
  CHECK(took == expected);
  CHECK(passed_over.empty());
}

TEST_CASE_METHOD(buffer_fixture, "long lines are passed over, also as the rest") {
  const std::size_t most = GENERATE(as<std::size_t>{}, 1, 7, 64, 100000);
  longer = long_lines::pass_over;
  const std::string longest(1000, 'a');
  write(longest + "\r\n" + std::string(1001, 'b') + "\nnext\n" + std::string(7000, 'c') +
            "\nlast\n" + std::string(3000, 'd'),
        most);
  close();
  CHECK(took == lines{longest, "next", "last"});
  const std::vector<std::pair<std::uint64_t, std::uint64_t>> expected = {
      {1002, 1001}, {2009, 7000}, {9015, 3000}};
  CHECK(passed_over == expected);
}

TEST_CASE_METHOD(buffer_fixture, "nothing behind the last line end is no line") {
  write("one\n", 64);
  close();
  CHECK(took == lines{"one"});
}

TEST_CASE_METHOD(buffer_fixture, "the memory for a long line stays bounded") {
  longer = GENERATE(long_lines::cut, long_lines::pass_over);
  for (int i = 0; i < 1000; ++i) {
    CHECK(buffer().room().size <= 4096);
    write(std::string(1000, 'x'), 100000);
    CHECK(buffer().rest() <= 2100);
  }
}

TEST_CASE_METHOD(buffer_fixture, "long lines are cut into pieces that join to the whole") {
  const std::size_t most = GENERATE(as<std::size_t>{}, 1, 7, 64, 100000);
  delimiter = GENERATE("\n", "<-->");
  max_line = GENERATE(as<std::size_t>{}, 1, 10, 100);
  lines expected;
  for (std::size_t size = 0; size < 250; size += 3) {
    expected.push_back(std::to_string(size) + std::string(size, '<'));
    write(expected.back() + (delimiter == "\n" ? "\r\n" : delimiter), most);
  }
  expected.push_back(std::string(250, 'x') + "\r");
  write(expected.back(), most);
  close();
  CHECK(joined() == expected);
  for (std::size_t i = 0; i < took.size(); ++i) {
    CHECK(took[i].size() <= max_line);
    if (partial[i]) CHECK(took[i].size() == max_line);
  }
}

TEST_CASE_METHOD(buffer_fixture, "a line of just the longest size is not cut, whatever ends it") {
  const std::size_t most = GENERATE(as<std::size_t>{}, 1, 64);
  max_line = 100;
  const std::string longest(100, 'x');
  write(longest + "\n" + longest + "\r\n" + longest, most);
  close();
  CHECK(took == lines{longest, longest, longest});
  CHECK(partial == std::vector<bool>{false, false, false});
}

TEST_CASE_METHOD(buffer_fixture, "a chunk tells what stands before its end, however short it is") {
  const std::size_t most = GENERATE(as<std::size_t>{}, 1, 7, 64, 100000);
  max_line = GENERATE(as<std::size_t>{}, 10, 1000);
  for (int n = 0; n < 300; ++n) {
    write(std::string(static_cast<std::size_t>(n % 70), 'x') + std::to_string(n) + "\n", most);
  }
  close();
  CHECK(chunks > 100);  // each with what write() and take() check
}

TEST_CASE_METHOD(buffer_fixture, "it begins at an offset, knowing what stands before") {
  const std::string before = GENERATE(std::string(), std::string("a\n"), std::string(5000, 'b'));
  begin_behind(before);
  write("one\ntwo\n", 5);
  write("rest", 5);
  close();
  CHECK(took == lines{"one", "two", "rest"});
  CHECK(end == before.size() + 12);
  CHECK(buffer().offset() == end);
}
