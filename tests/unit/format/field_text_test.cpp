#include <logpipe/format/field_text.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <string>

using namespace logpipe;
using namespace std::literals;
using format::escaping;
using format::field_text;
using format::text_options;

namespace {

record of(bytes key, bytes value) {
  record one;
  one.topic = "test";
  one.offset = 7;
  one.key = key;
  one.value = value;
  return one;
}

std::string key_text(field_text& fields, const record& record) {
  output_buffer out(1);
  fields.append_key(out, record);
  return std::string(out.view());
}

std::string value_text(field_text& fields, const record& record) {
  output_buffer out(1);
  fields.append_value(out, record);
  return std::string(out.view());
}

std::string value_of(std::string_view value, text_options how) {
  field_text fields(std::move(how));
  return value_text(fields, of(std::nullopt, value));
}

text_options packed(std::string_view letters) {
  text_options how;
  how.packing.key = how.packing.value = format::packing(letters);
  return how;
}

}  // namespace

TEST_CASE("what is a copy says so") {
  CHECK(field_text({}).is_plain());
  CHECK(field_text({}).is_key_plain());
  CHECK(field_text({}).is_value_plain());
  const field_text escaped({.escape = escaping::unsafe});
  CHECK_FALSE(escaped.is_plain());
  CHECK_FALSE(escaped.is_key_plain());
  CHECK_FALSE(escaped.is_value_plain());
  CHECK(field_text(packed("b")).is_plain());
  CHECK_FALSE(field_text(packed("b")).is_key_plain());
  CHECK_FALSE(field_text(packed("b")).is_value_plain());
}

TEST_CASE("a null is the text that stands for it, an empty value is empty") {
  field_text fields({.null_text = "NULL"});
  CHECK(key_text(fields, of(std::nullopt, "v")) == "NULL");
  CHECK(value_text(fields, of("k", std::nullopt)) == "NULL");
  CHECK(key_text(fields, of("", "")).empty());
  CHECK(value_text(fields, of("", "")).empty());
}

TEST_CASE("a header that is not there is a null, the last of several counts") {
  const std::array<header, 3> headers = {{{"a", "1"}, {"a", "2"}, {"null", std::nullopt}}};
  const field_text fields({.null_text = "-"});
  const auto text = [&](std::string_view name) {
    output_buffer out(1);
    fields.append_header(out, headers, name);
    return std::string(out.view());
  };
  CHECK(text("a") == "2");
  CHECK(text("null") == "-");
  CHECK(text("A") == "-");
}

TEST_CASE("a value is cut between two characters, and told how long it is") {
  CHECK(value_of("12345", {.most_value = 5}) == "12345");
  CHECK(value_of("123456", {.most_value = 5}) == "12345... (6 bytes)");
  CHECK(value_of("1234é", {.most_value = 5}) == "1234... (6 bytes)");
  CHECK(value_of("\x1b\x1b\x1b", {.escape = escaping::unsafe, .most_value = 2}) ==
        R"(\x1b\x1b... (3 bytes))");
  CHECK(value_of("é", {.most_value = 0}) == "... (2 bytes)");
  CHECK(value_of("", {.most_value = 0}).empty());
}

TEST_CASE("hex is cut after whole bytes") {
  field_text fields({.null_text = "-", .most_value = 2});
  output_buffer out(1);
  fields.append_value_hex(out, of(std::nullopt, "\x01\x02\x03"));
  fields.append_key_hex(out, of("\x01\x02\x03", std::nullopt));
  fields.append_key_hex(out, of(std::nullopt, std::nullopt));
  CHECK(out.view() == "0102... (3 bytes)010203-");
}

TEST_CASE("what is packed is unpacked, then cut and escaped") {
  CHECK(value_of("\0\0\0\x2a"sv, packed("i")) == "42");
  text_options how = packed("b s");
  how.escape = escaping::unsafe;
  how.most_value = 6;
  CHECK(value_of("\5a\x1b!"sv, how) == R"(5 a\x1b!)");
  CHECK(value_of("\5abcdef"sv, how) == "5 abcd... (8 bytes)");
}

TEST_CASE("what does not fit is printed as it is, and counted") {
  field_text fields(packed("i$"));
  CHECK(key_text(fields, of("key", "four")) == "key");
  CHECK(value_text(fields, of("key", "\0\0\0\1"sv)) == "1");
  CHECK(key_text(fields, of(std::nullopt, "")).empty());
  const format::misfits& misfits = fields.what_did_not_fit();
  CHECK(misfits.count == 1);
  REQUIRE(misfits.first);
  CHECK(misfits.first->field == "key");
  CHECK(misfits.first->offset == 7);
}
