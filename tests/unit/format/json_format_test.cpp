#include <logpipe/format/json_format.hpp>

#include <catch2/catch.hpp>
#include <simdjson.h>

#include <array>
#include <sstream>
#include <string>

using namespace logpipe;
using format::json_format;
using format::json_names;
using format::json_options;
using namespace std::literals;

namespace {

const std::array<header, 3> some_headers = {{{"h", "1"}, {"h", std::nullopt}, {"b", "\xff"}}};

record full() {
  record one;
  one.topic = "test";
  one.partition = 3;
  one.offset = 12;
  one.timestamp = 1700000000123;
  one.kind = timestamp_kind::create;
  one.key = "k";
  one.value = "v";
  one.headers = some_headers;
  one.broker = 1;
  return one;
}

record bare() {
  record one;
  one.topic = "test";
  one.partition = -1;
  one.offset = -1;
  return one;
}

std::string json(const record& record, json_options how = {}) {
  output_buffer out(1);
  json_format(std::move(how)).append(out, record);
  return std::string(out.view());
}

json_options packed(std::string_view key, std::string_view value) {
  json_options how;
  how.packing.key = format::packing(key);
  how.packing.value = format::packing(value);
  return how;
}

}  // namespace

TEST_CASE("a record is one line of JSON") {
  record one = full();
  CHECK(json(one) ==
        R"({"topic":"test","partition":3,"offset":12,"timestamp":1700000000123,)"
        R"("timestamp_type":"create","headers":[["h","1"],["h",null],["b",{"base64":"/w=="}]],)"
        R"("key":"k","value":"v"})"
        "\n");
  one.kind = timestamp_kind::append;
  CHECK(json(one).find(R"("timestamp_type":"append")") != std::string::npos);
}

TEST_CASE("what is not known of a record is null") {
  CHECK(json(bare()) == R"({"topic":"test","partition":null,"offset":null,"timestamp":null,)"
                        R"("timestamp_type":"none","headers":[],"key":null,"value":null})"
                        "\n");
}

TEST_CASE("bytes that are not UTF-8 are base64 wherever a record has them") {
  record one = full();
  const std::array<header, 1> headers = {{{"n\xff", "v\xff"}}};
  one.key = "k\xff";
  one.value = "\xff";
  one.headers = headers;
  CHECK_THAT(json(one), Catch::Contains(R"("headers":[[{"base64":"bv8="},{"base64":"dv8="}]],)"
                                        R"("key":{"base64":"a/8="},"value":{"base64":"/w=="}})"));
}

TEST_CASE("all bytes but names are base64 where that is asked for") {
  CHECK_THAT(json(full(), {.always_base64 = true}),
             Catch::Contains(R"("headers":[["h",{"base64":"MQ=="}],["h",null],)"
                             R"(["b",{"base64":"/w=="}]],"key":{"base64":"aw=="},)"
                             R"("value":{"base64":"dg=="}})"));
}

TEST_CASE("kcat's names and shapes") {
  json_options how;
  how.names = json_names::kcat;
  record one = full();
  CHECK(json(one, how) == R"({"topic":"test","partition":3,"offset":12,"tstype":"create",)"
                          R"("ts":1700000000123,"broker":1,)"
                          R"("headers":["h","1","h",null,"b",{"base64":"/w=="}],)"
                          R"("key":"k","payload":"v"})"
                          "\n");
  one.kind = timestamp_kind::append;
  CHECK_THAT(json(one, how), Catch::Contains(R"("tstype":"logappend")"));
  one = bare();
  one.partition = 0;
  one.offset = 0;
  CHECK(json(one, how) == R"({"topic":"test","partition":0,"offset":0,"broker":-1,)"
                          R"("key":null,"payload":null})"
                          "\n");
  CHECK(json_format(how).needs_brokers());
  CHECK_FALSE(json_format().needs_brokers());
}

TEST_CASE("what is packed is a number, or a string of several") {
  record one = full();
  one.key = "\0\0\0\x2a"sv;
  one.value = "\1\2\"quoted\x1b"sv;
  CHECK_THAT(json(one, packed(">i", "b bs")),
             Catch::Contains(R"("key":42,"value":"1 2\"quoted\u001b"})"));
  one.key = std::nullopt;
  one.value = "\1\2\xff"sv;
  CHECK_THAT(json(one, packed(">i", "b bs")), Catch::Contains(R"("key":null,"value":{"base64":)"));
}

TEST_CASE("what does not fit its packing stands as it is, and is counted") {
  json_format form(packed("q", "i$"));
  output_buffer out;
  record one = full();
  one.value = "\0\0\0\1"sv;
  form.append(out, one);
  CHECK_THAT(std::string(out.view()), Catch::Contains(R"("key":"k","value":1})"));
  one.offset = 13;
  one.value = "fifth"sv;
  form.append(out, one);
  CHECK_THAT(std::string(out.view()), Catch::Contains(R"("key":"k","value":"fifth"})"));

  const format::misfits& misfits = form.what_did_not_fit();
  CHECK(misfits.count == 3);
  REQUIRE(misfits.first);
  CHECK(misfits.first->field == "key");
  CHECK(misfits.first->bytes == 1);
  CHECK(misfits.first->topic == "test");
  CHECK(misfits.first->partition == 3);
  CHECK(misfits.first->offset == 12);
}

TEST_CASE("records of several topics and partitions, one behind the other") {
  json_format form;
  output_buffer out(1);
  std::string expected;
  const std::string long_topic(249, 't');
  for (const std::string_view topic : {"a", "b", long_topic.c_str(), "a"}) {
    for (const int partition : {0, 0, 1, 1'000'000'000}) {
      record one = full();
      one.topic = topic;
      one.partition = partition;
      form.append(out, one);
      expected += json(one);
    }
  }
  CHECK(out.view() == expected);
  simdjson::dom::parser parser;
  std::istringstream lines(expected);
  for (std::string line; std::getline(lines, line);) {
    REQUIRE(parser.parse(line)["topic"].is_string());
  }
}

TEST_CASE("a record may end in something else than a newline") {
  CHECK(json(full(), {.end = '\0'}).ends_with("}\0"s));
}

TEST_CASE("plain or not, with headers or without: a member is the same in any company") {
  const std::array<bytes, 6> texts = {std::nullopt, "", "plain", "a \"quote\"", "\xff", "\xc3\xa4"};
  const std::array<std::string_view, 6> shown = {
      "null", R"("")", R"("plain")", R"("a \"quote\"")", R"({"base64":"/w=="})", "\"\xc3\xa4\""};
  output_buffer out(1);
  json_format form;
  record one = bare();
  for (std::size_t key = 0; key < texts.size(); ++key) {
    for (std::size_t value = 0; value < texts.size(); ++value) {
      for (const bool with_headers : {false, true}) {
        one.headers = with_headers ? std::span(some_headers).first(1) : std::span<const header>();
        one.key = texts[key];
        one.value = texts[value];
        out.clear();
        form.append(out, one);
        const std::string end =
            (with_headers ? R"(,"headers":[["h","1"]],"key":)"s : R"(,"headers":[],"key":)"s) +
            std::string(shown[key]) + R"(,"value":)" + std::string(shown[value]) + "}\n";
        CHECK(out.view().ends_with(end));
      }
    }
  }
}
