#include <logpipe/ship/composer.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace logpipe;
using format::text_template;
using ship::composition;
using ship::parcel;

namespace {

using text = std::optional<std::string>;
using lines = std::vector<std::string>;

text copy_of(bytes value) {
  return value ? text(*value) : std::nullopt;
}

/// Composes the lines of a source, `/log/app.log` on host `web1`, inode 0xbeef.
class composer_story {
public:
  explicit composer_story(composition how)
      : m_composer(
            [&how] {
              how.host = "web1";
              return std::move(how);
            }(),
            [this](const ship::invalid_line& line) {
              invalid.push_back({line.offset, line.number, std::string(line.line)});
              reasons.emplace_back(line.reason);
            }) {}

  /// The next lines of a generation.
  void compose(const lines& next, follow::generation_id generation = 1) {
    fill(next, "\n", generation, false);
  }
  /// A piece of a line that goes on.
  void compose_piece(const std::string& piece, follow::generation_id generation = 1) {
    fill({piece}, "", generation, true);
  }

  void forget() { m_composer.forget(made.chunk.source); }

  lines values() const {
    lines found;
    for (const auto& record : made.records)
      found.emplace_back(record.value.value());
    return found;
  }
  std::vector<text> keys() const {
    std::vector<text> found;
    for (const auto& record : made.records)
      found.push_back(copy_of(record.key));
    return found;
  }
  /// `name=value` of each header of a record.
  lines headers(std::size_t record = 0) const {
    lines found;
    for (const auto& [name, value] : made.records.at(record).headers)
      found.push_back(std::string(name) + '=' + std::string(value.value_or("(null)")));
    return found;
  }
  lines left() const { return {made.chunk.lines.begin(), made.chunk.lines.end()}; }

  struct told {
    std::uint64_t offset;
    std::optional<std::uint64_t> number;
    std::string line;
    bool operator==(const told&) const = default;
  };
  parcel made;
  std::vector<told> invalid;
  lines reasons;

private:
  void fill(const lines& next, const std::string& line_end, follow::generation_id generation,
            bool partial) {
    std::string all;
    for (const auto& line : next)
      all += line + line_end;
    follow::chunk& chunk = made.chunk;
    chunk.generation = generation;
    chunk.inode = 0xbeef;
    chunk.partial = partial;
    chunk.memory = std::shared_ptr<char[]>(new char[all.size() + 1]);
    std::copy(all.begin(), all.end(), chunk.memory.get());
    chunk.base = chunk.begin = m_ends[generation];
    chunk.end = m_ends[generation] += all.size();
    chunk.lines.clear();
    std::size_t at = 0;
    for (const auto& line : next) {
      chunk.lines.emplace_back(chunk.memory.get() + at, line.size());
      at += line.size() + line_end.size();
    }
    m_composer.compose(made, {"/log/app.log", "app.log"});
  }

  ship::composer m_composer;
  std::map<follow::generation_id, std::uint64_t> m_ends;
};

composition with_key(const char* key) {
  composition how;
  how.key = text_template(key);
  return how;
}

composition with_headers(const std::vector<std::pair<std::string, std::string>>& headers) {
  composition how;
  for (const auto& [name, value] : headers)
    how.headers.push_back({name, text_template(value)});
  return how;
}

composition with_delimiter(const char* delimiter) {
  composition how;
  how.key_delimiter = delimiter;
  return how;
}

composition of_json() {
  composition how;
  how.lines_are = composition::input::json;
  return how;
}

composition filtering(const std::vector<std::string>& include,
                      const std::vector<std::string>& drop) {
  composition how;
  for (const auto& expression : include)
    how.include.emplace_back(expression);
  for (const auto& expression : drop)
    how.drop.emplace_back(expression);
  return how;
}

}  // namespace

TEST_CASE("lines go as they are where nothing is asked of them") {
  composer_story story{{}};
  story.compose({"one", "", "three"});
  CHECK(story.made.records.empty());
  CHECK_FALSE(story.made.key);
  CHECK_FALSE(story.made.store);
  CHECK(story.left() == lines{"one", "", "three"});
}

TEST_CASE("a key that is the same for all lines makes no records") {
  composer_story fixed(with_key("{host}!"));
  fixed.compose({"one", "two"});
  CHECK(fixed.made.records.empty());
  CHECK(fixed.made.key == "web1!");

  composer_story by_file(with_key("{name}@{generation}"));
  by_file.compose({"one", "two"});
  CHECK(by_file.made.records.empty());
  CHECK(by_file.made.key == "app.log@beef");

  composer_story empty(with_key(""));
  empty.compose({"one"});
  CHECK(empty.made.key == "");
}

TEST_CASE("a key with the offset is each line's own") {
  composer_story story(with_key("{name}:{offset}"));
  story.compose({"one", "", "three"});
  CHECK(story.keys() == std::vector<text>{"app.log:0", "app.log:4", "app.log:5"});
  CHECK(story.values() == lines{"one", "", "three"});
  story.compose({"four"});
  CHECK(story.keys() == std::vector<text>{"app.log:11"});
}

TEST_CASE("the key is what stands before the delimiter") {
  composer_story story(with_delimiter("::"));
  story.compose({"k::v", "k::v::w", "none:", "::v", "k::"});
  CHECK(story.keys() == std::vector<text>{"k", "k", std::nullopt, "", "k"});
  CHECK(story.values() == lines{"v", "v::w", "none:", "v", ""});
  CHECK(story.left() == lines{"k::v", "k::v::w", "none:", "::v", "k::"});
}

TEST_CASE("headers are given to every record, in their order, twice where asked twice") {
  composer_story story(with_headers({{"h", "{host}"}, {"path", "{path}"}, {"h", "2"}}));
  story.compose({"one", "two"});
  CHECK(story.values() == lines{"one", "two"});
  CHECK(story.headers(0) == lines{"h=web1", "path=/log/app.log", "h=2"});
  CHECK(story.headers(1) == story.headers(0));
  CHECK(story.made.records[0].headers.data() == story.made.records[1].headers.data());
  CHECK(story.keys() == std::vector<text>{std::nullopt, std::nullopt});
  CHECK(story.made.records[0].timestamp == -1);
}

TEST_CASE("a header with the offset is each record's own") {
  composer_story story(with_headers({{"at", "{offset}"}, {"host", "{host}"}}));
  story.compose({"one", "two"});
  CHECK(story.headers(0) == lines{"at=0", "host=web1"});
  CHECK(story.headers(1) == lines{"at=4", "host=web1"});
}

TEST_CASE("a line is taken when an include is found in it and no drop") {
  composer_story includes(filtering({"^a", "b$"}, {}));
  includes.compose({"ax", "xb", "xx", ""});
  CHECK(includes.left() == lines{"ax", "xb"});

  composer_story drops(filtering({}, {"debug", "trace"}));
  drops.compose({"info", "debug", "a trace", ""});
  CHECK(drops.left() == lines{"info", ""});

  composer_story both(filtering({"a"}, {"b"}));
  both.compose({"a", "ab", "b"});
  CHECK(both.left() == lines{"a"});
}

TEST_CASE("what is filtered out keeps its range, and offsets stay those of the file") {
  composition how = filtering({"x"}, {});
  how.key = text_template("{offset}");
  composer_story story(std::move(how));
  story.compose({"one", "x", "two"});
  CHECK(story.keys() == std::vector<text>{"4"});
  story.compose({"no", "line"});
  CHECK(story.made.records.empty());
  CHECK(story.made.chunk.lines.empty());
  CHECK(story.made.chunk.begin == 10);
  CHECK(story.made.chunk.end == 18);
}

TEST_CASE("all pieces of a line but the last say that it goes on") {
  composer_story story{{}};
  story.compose_piece("aaa");
  CHECK(story.values() == lines{"aaa"});
  CHECK(story.headers() == lines{"partial=1"});
  story.compose_piece("bbb");
  CHECK(story.headers() == lines{"partial=1"});
  story.compose({"ccc", "next"});
  CHECK(story.made.records.empty());
  CHECK(story.left() == lines{"ccc", "next"});
}

TEST_CASE("the header of a piece stands behind those that are asked for") {
  composer_story story(with_headers({{"at", "{offset}"}}));
  story.compose_piece("aaa");
  CHECK(story.headers() == lines{"at=0", "partial=1"});
  story.compose({"bbb"});
  CHECK(story.headers() == lines{"at=3"});
}

TEST_CASE("the pieces of a line share the key of its first") {
  composer_story by_delimiter(with_delimiter("="));
  by_delimiter.compose_piece("key=aa");
  CHECK(by_delimiter.values() == lines{"aa"});
  by_delimiter.compose_piece("b=b");
  CHECK(by_delimiter.keys() == std::vector<text>{"key"});
  CHECK(by_delimiter.values() == lines{"b=b"});
  by_delimiter.compose({"c=c", "k=v"});
  CHECK(by_delimiter.keys() == std::vector<text>{"key", "k"});
  CHECK(by_delimiter.values() == lines{"c=c", "v"});

  by_delimiter.compose_piece("no key");
  by_delimiter.compose({"c=c"});
  CHECK(by_delimiter.keys() == std::vector<text>{std::nullopt});

  composer_story by_offset(with_key("{offset}"));
  by_offset.compose({"one"});
  by_offset.compose_piece("aa");
  by_offset.compose_piece("bb");
  by_offset.compose({"cc", "two"});
  CHECK(by_offset.keys() == std::vector<text>{"4", "11"});
}

TEST_CASE("a line whose rest was lost with its file lends nothing to the next") {
  composer_story story(with_delimiter("="));
  story.compose_piece("key=aa", 1);
  story.compose({"k=v"}, 2);
  CHECK(story.keys() == std::vector<text>{"k"});
}

TEST_CASE("of a source that is forgotten nothing is left") {
  composer_story story(with_delimiter("="));
  story.compose_piece("key=aa");
  story.forget();
  story.compose({"k=v"});
  CHECK(story.keys() == std::vector<text>{"k"});
}

TEST_CASE("a line in pieces is judged by its first") {
  composer_story story(filtering({"take"}, {}));
  story.compose_piece("take");
  story.compose_piece("more");
  CHECK(story.values() == lines{"more"});
  story.compose({"end", "next", "take two"});
  CHECK(story.left() == lines{"end", "take two"});

  story.compose_piece("leave");
  CHECK(story.made.records.empty());
  CHECK(story.left().empty());
  story.compose_piece("take it not");
  CHECK(story.left().empty());
  story.compose({"nor take this", "take"});
  CHECK(story.left() == lines{"take"});
}

TEST_CASE("JSON gives records with key, value, headers and timestamp") {
  composer_story story(of_json());
  story.compose({R"({"key":"k","value":"v","headers":[["a","1"],["a",null]],"timestamp":17})",
                 R"({"value":{"base64":"/w=="},"partition":3})", "{}"});
  REQUIRE(story.made.records.size() == 3);
  CHECK(story.keys() == std::vector<text>{"k", std::nullopt, std::nullopt});
  CHECK(story.headers() == lines{"a=1", "a=(null)"});
  CHECK(story.made.records[0].timestamp == 17);
  CHECK(story.made.records[1].value == "\xff");
  CHECK(story.made.records[1].timestamp == -1);
  CHECK(story.made.records[1].headers.empty());
  CHECK_FALSE(story.made.records[2].value);
  CHECK(story.made.partitions.empty());
  CHECK(story.left().size() == 3);
}

TEST_CASE("records of JSON ask for the partition that they came from, if that is wanted") {
  composition how = of_json();
  how.same_partition = true;
  composer_story story(std::move(how));
  story.compose({R"({"partition":3})", "no JSON", "{}"});
  CHECK(story.made.partitions == std::vector<std::int32_t>{3, -1});
}

TEST_CASE("headers that are asked for follow those of the JSON") {
  const std::string from = GENERATE("{name}:{offset}", "{name}:0");
  composition how = with_headers({{"from", from}});
  how.lines_are = composition::input::json;
  composer_story story(std::move(how));
  story.compose({R"({"headers":[["own","1"]]})", "{}"});
  CHECK(story.headers(0) == lines{"own=1", "from=app.log:0"});
  CHECK_THAT(story.headers(1).at(0), Catch::StartsWith("from=app.log:"));
}

TEST_CASE("lines that are no JSON are told with their place and left out") {
  composer_story story(of_json());
  story.compose({"{}", "plain", "{}"});
  CHECK(story.made.records.size() == 2);
  CHECK(story.left() == lines{"{}", "{}"});
  story.compose({"{", R"({"value":5})"});
  CHECK(story.made.records.empty());
  CHECK(story.left().empty());
  CHECK(story.made.chunk.end == 26);
  using told = composer_story::told;
  CHECK(story.invalid ==
        std::vector<told>{{3, 2, "plain"}, {12, 4, "{"}, {14, 5, R"({"value":5})"}});
  CHECK_THAT(story.reasons[0], Catch::Contains("no JSON"));
  CHECK_THAT(story.reasons[2], Catch::Contains("value: a number"));
}

TEST_CASE("filters see a line of JSON as it stands, before it is read") {
  composition how = filtering({}, {"^#"});
  how.lines_are = composition::input::json;
  composer_story story(std::move(how));
  story.compose({"# comment", R"({"value":"#"})", "bad"});
  CHECK(story.values() == lines{"#"});
  CHECK(story.invalid == std::vector<composer_story::told>{{24, 3, "bad"}});
}

TEST_CASE("records stay good for as long as their parcel, whatever is composed next") {
  composition how = with_headers({{"at", "{offset}"}});
  how.lines_are = composition::input::json;
  composer_story story(std::move(how));
  story.compose({R"({"key":"first","value":"escaped \" text"})"});
  const parcel first = std::exchange(story.made, {});
  for (int i = 0; i < 100; ++i)
    story.compose({R"({"key":"other","value":"xxxxxxxxxxxxxxxxxxxxxx"})"});
  CHECK(first.records[0].key == "first");
  CHECK(first.records[0].value == "escaped \" text");
  CHECK(first.records[0].headers[0].value == "0");
}
