#include <logpipe/format/json_format.hpp>
#include <logpipe/format/json_record_reader.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace logpipe;

namespace {

/// One reader for all lines of a test, as in a run.
class json_lines {
public:
  std::variant<record, format::bad_json> read(std::string_view line) {
    // Exactly as long as the line, so that the address sanitizer sees a read behind it.
    const std::vector<char> exact(line.begin(), line.end());
    return m_reader.read({exact.data(), exact.size()}, m_memory);
  }
  record good(std::string_view line) {
    auto outcome = read(line);
    if (const auto* bad = std::get_if<format::bad_json>(&outcome))
      FAIL(line << ": " << bad->reason);
    return std::get<record>(outcome);
  }
  std::string reason(std::string_view line) {
    auto outcome = read(line);
    const auto* bad = std::get_if<format::bad_json>(&outcome);
    return bad != nullptr ? bad->reason : "";
  }

private:
  format::json_record_reader m_reader;
  std::pmr::monotonic_buffer_resource m_memory;
};

std::string json(const record& record) {
  output_buffer out(1);
  format::json_format().append(out, record);
  return std::string(out.view());
}

bool same(const header& a, const header& b) {
  return a.name == b.name && a.value == b.value;
}

}  // namespace

TEST_CASE("a record in JSON is read with all that it has") {
  json_lines lines;
  const record read = lines.good(
      R"({"topic":"test","partition":3,"offset":12,"timestamp":1700000000123,)"
      R"("timestamp_type":"create","headers":[["h","1"],["h",null],["b",{"base64":"/w=="}],["",""]],)"
      R"("key":"k","value":"v"})");
  CHECK(read.topic.empty());
  CHECK(read.offset == -1);
  CHECK(read.partition == 3);
  CHECK(read.timestamp == 1700000000123);
  CHECK(read.kind == timestamp_kind::create);
  CHECK(read.key == "k");
  CHECK(read.value == "v");
  REQUIRE(read.headers.size() == 4);
  CHECK(same(read.headers[0], {"h", "1"}));
  CHECK(same(read.headers[1], {"h", std::nullopt}));
  CHECK(same(read.headers[2], {"b", "\xff"}));
  CHECK(same(read.headers[3], {"", ""}));
}

TEST_CASE("what is absent or null is null, what is unknown is ignored") {
  json_lines lines;
  const std::string line = GENERATE(
      as<std::string>{}, "{}", " { } ",
      R"({"key":null,"value":null,"headers":null,"partition":null,"timestamp":null,"timestamp_type":null})",
      R"({"x":{"value":"inner","list":[1,{"key":2}]},"topic":7,"offset":"no"})",
      R"({"timestamp_type":"create"})", R"({"timestamp":5,"timestamp_type":"none"})");
  const record read = lines.good(line);
  CHECK_FALSE(read.key.has_value());
  CHECK_FALSE(read.value.has_value());
  CHECK(read.headers.empty());
  CHECK(read.partition == -1);
  CHECK(read.timestamp == -1);
  CHECK(read.kind == timestamp_kind::none);
}

TEST_CASE("empty is not null") {
  json_lines lines;
  const record read = lines.good(R"({"key":"","value":{"base64":""}})");
  CHECK(read.key == "");
  CHECK(read.value == "");
}

TEST_CASE("a timestamp without its type is that of the record's making") {
  json_lines lines;
  CHECK(lines.good(R"({"timestamp":5})").kind == timestamp_kind::create);
  CHECK(lines.good(R"({"timestamp_type":"append","timestamp":5})").kind == timestamp_kind::append);
  CHECK(lines.good(R"({"timestamp":0})").timestamp == 0);
}

TEST_CASE("escapes in strings and names are resolved") {
  json_lines lines;
  CHECK(lines.good(R"({"value":"\"\\\/\b\f\n\r\t"})").value == "\"\\/\b\f\n\r\t");
  CHECK(lines.good(R"({"value":"a\u0000b"})").value == std::string_view("a\0b", 3));
  CHECK(lines.good(R"({"value":"\u00e9\u4e2d\ud83c\udf89"})").value == "é中🎉");
  CHECK(lines.good(R"({"val\u0075e":"v"})").value == "v");
}

TEST_CASE("half a surrogate pair is no text") {
  json_lines lines;
  const std::string half =
      GENERATE(as<std::string>{}, R"(\ud800)", R"(\ud800x)", R"(\ud800\n)", R"(\ud800\u0041)",
               R"(\ud800\ud800)", R"(\udc00)", R"(\udc00\ud800)", R"(\udfff\udfff)");
  CHECK_THAT(lines.reason(R"({"value":")" + half + R"("})"), Catch::Contains("surrogate"));
}

TEST_CASE("a key or value of another type is refused by its name") {
  json_lines lines;
  using Catch::Contains;
  CHECK_THAT(lines.reason(R"({"value":5})"), Contains("value: a number is none of null, a string"));
  CHECK_THAT(lines.reason(R"({"value":true})"), Contains("value: a boolean"));
  CHECK_THAT(lines.reason(R"({"key":["k"]})"), Contains("key: an array"));
  const std::string object =
      GENERATE(as<std::string>{}, "{}", R"({"text":"x"})", R"({"base64":"Zg==","x":1})",
               R"({"base64":5})", R"({"base64":null})");
  CHECK_THAT(lines.reason(R"({"key":)" + object + "}"),
             Contains("key: an object there is {\"base64"));
  CHECK_THAT(lines.reason(R"({"key":{"base64":"Zg"}})"), Contains("key: no valid base64"));
}

TEST_CASE("headers are pairs, in an array") {
  json_lines lines;
  using Catch::Contains;
  CHECK_THAT(lines.reason(R"({"headers":["name","value"]})"), Contains("headers: each is a pair"));
  CHECK_THAT(lines.reason(R"({"headers":[["name"]]})"), Contains("headers: each is a pair"));
  CHECK_THAT(lines.reason(R"({"headers":[["a","b","c"]]})"), Contains("headers: each is a pair"));
  CHECK_THAT(lines.reason(R"({"headers":[[null,"b"]]})"), Contains("name: null is none"));
  CHECK_THAT(lines.reason(R"({"headers":[["a",1]]})"), Contains("a header's value: a number"));
  CHECK_THAT(lines.reason(R"({"headers":{"a":"b"}})"), Contains("headers: an object is no array"));
}

TEST_CASE("numbers that the record cannot have are refused") {
  json_lines lines;
  const std::string number =
      GENERATE(as<std::string>{}, "-1", "1.5", "9223372036854775808", "1e3", "\"5\"", "[]", "true");
  CHECK_THAT(lines.reason(R"({"timestamp":)" + number + "}"),
             Catch::Contains("timestamp: no whole"));
  CHECK_THAT(lines.reason(R"({"partition":)" + number + "}"),
             Catch::Contains("partition: no whole"));
  CHECK_THAT(lines.reason(R"({"partition":2147483648})"), Catch::Contains("from 0 to 2147483647"));
  CHECK_THAT(lines.reason(R"({"timestamp_type":"log"})"),
             Catch::Contains("timestamp_type: none of"));
}

TEST_CASE("a member that is there twice is refused") {
  json_lines lines;
  CHECK_THAT(lines.reason(R"({"value":"a","value":"b"})"),
             Catch::Contains("value: is there twice"));
  CHECK_THAT(lines.reason(R"({"key":null,"key":null})"), Catch::Contains("key: is there twice"));
}

TEST_CASE("kcat's form does not become nulls") {
  json_lines lines;
  CHECK_THAT(lines.reason(R"({"topic":"t","tstype":"create","ts":1,"key":"k","payload":"p"})"),
             Catch::Contains("\"payload\" without \"value\" is the form of kcat"));
  CHECK(lines.good(R"({"payload":"p","value":"v"})").value == "v");
}

TEST_CASE("a line that is no JSON object is refused with what is wrong") {
  json_lines lines;
  using Catch::Contains;
  CHECK_THAT(lines.reason(""), Contains("empty"));
  CHECK_THAT(lines.reason("   "), Contains("empty"));
  CHECK_THAT(lines.reason("[1]"), Contains("an array is no record"));
  CHECK_THAT(lines.reason("\"text\""), Contains("a string is no record"));
  CHECK_THAT(lines.reason("null"), Contains("null is no record"));
  CHECK_THAT(lines.reason("{\"value\":\"caf\xe9\"}"), Contains("not UTF-8"));
  CHECK_THAT(lines.reason("{\"value\":\"a\tb\"}"), Contains("not escaped"));
  CHECK_THAT(lines.reason(R"({"value":"a)"), Contains("a string has no end"));
  CHECK_THAT(lines.reason(R"({"value":"\x"})"), Contains("wrong escape"));
  CHECK_THAT(lines.reason(R"({"value":"a"}{"value":"b"})"), Contains("no JSON"));
  CHECK_THAT(lines.reason(R"({"x":123456789012345678901234567890})"), Contains("beyond 64 bits"));
  CHECK_THAT(lines.reason(R"({"x":01})"), Contains("number"));
  CHECK_FALSE(lines.reason(R"({"x":nul})").empty());
  CHECK_FALSE(lines.reason("plain text").empty());
  CHECK_FALSE(lines.reason(R"({"value":"a" "key":"b"})").empty());
  CHECK_FALSE(lines.reason(R"({"value" "a"})").empty());
  CHECK_FALSE(lines.reason(R"({"value":"a",})").empty());
  CHECK_FALSE(lines.reason(R"({value:"a"})").empty());
  CHECK_FALSE(lines.reason(R"({"value":"a"} x)").empty());
}

TEST_CASE("every cut of a record is refused") {
  json_lines lines;
  const std::string whole =
      R"({"partition":3,"timestamp":17,"headers":[["h",{"base64":"/w=="}]],"key":null,"value":"v"})";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(whole.substr(0, size));
    CHECK_FALSE(lines.reason(whole.substr(0, size)).empty());
  }
}

namespace {

/// Records of every shape, from a seed.
class random_records {
public:
  explicit random_records(unsigned seed) : m_random(seed) {}

  record next() {
    m_texts.clear();
    m_texts.reserve(16);  // the views stay good
    m_headers.clear();
    for (std::size_t left = below(4); left > 0; --left) {
      const std::string_view name = *text(false);
      m_headers.push_back({name, text(true)});
    }
    record made;
    made.topic = "test";
    made.partition = static_cast<std::int32_t>(below(1000)) - 1;
    made.offset = static_cast<std::int64_t>(below(1000));
    made.kind = static_cast<timestamp_kind>(below(3));
    made.timestamp = made.kind == timestamp_kind::none ? -1 : static_cast<std::int64_t>(m_random());
    made.key = text(true);
    made.value = text(true);
    made.headers = m_headers;
    return made;
  }

  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(m_random);
  }

private:
  bytes text(bool may_be_null) {
    if (may_be_null && below(5) == 0) return std::nullopt;
    static constexpr std::array<std::string_view, 10> unicode = {
        "a", "\"", "\\", "\n", "\x7f", "é", "\xc2\x85", "中", "🎉", "/"};
    std::string made;
    const bool any_byte = below(3) == 0;
    for (std::size_t left = below(3) == 0 ? below(300) : below(8); left > 0; --left) {
      if (any_byte) {
        made += static_cast<char>(below(256));
      } else {
        made += unicode[below(unicode.size())];
      }
    }
    m_texts.push_back(std::move(made));
    return m_texts.back();
  }

  std::mt19937 m_random;
  std::vector<std::string> m_texts;
  std::vector<header> m_headers;
};

}  // namespace

TEST_CASE("what logcat writes is read back as it was") {
  random_records records(5);
  json_lines lines;
  for (int i = 0; i < 2000; ++i) {
    const record written = records.next();
    const std::string line = json(written);
    CAPTURE(line);
    const record read = lines.good(line);
    CHECK(read.partition == written.partition);
    CHECK(read.timestamp == written.timestamp);
    CHECK(read.kind == written.kind);
    CHECK(read.key == written.key);
    CHECK(read.value == written.value);
    CHECK(std::equal(read.headers.begin(), read.headers.end(), written.headers.begin(),
                     written.headers.end(), same));
  }
}

TEST_CASE("damaged lines are read or refused, and disturb no later one") {
  random_records records(6);
  json_lines lines;
  const std::string_view pieces = "{}[]\",:\\u0dn\xff\x00 ";
  for (int i = 0; i < 5000; ++i) {
    std::string line = json(records.next());
    for (std::size_t damage = 1 + records.below(3); damage > 0; --damage) {
      const std::size_t at = records.below(line.size());
      switch (records.below(4)) {
        case 0:
          line[at] = static_cast<char>(records.below(256));
          break;
        case 1:
          line.insert(at, 1, pieces[records.below(pieces.size())]);
          break;
        case 2:
          line.erase(at, 1 + records.below(4));
          break;
        default:
          line += line.substr(at, records.below(20));
      }
      if (line.empty()) line = "{";
    }
    lines.read(line);
    REQUIRE(lines.good(R"({"value":"v"})").value == "v");
  }
}
