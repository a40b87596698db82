#include <logpipe/format/record_format.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdlib>
#include <string>

using namespace logpipe;
using format::escaping;
using format::record_format;

namespace {

constexpr std::array<header, 4> some_headers = {
    {{"trace", "old"}, {"trace", "new"}, {"empty", ""}, {"null", std::nullopt}}};

record sample() {
  record one;
  one.topic = "test";
  one.partition = 0;
  one.offset = 12;
  one.timestamp = 1700000000123;
  one.kind = timestamp_kind::create;
  one.key = "k\x01";
  one.value = "Hello";
  one.headers = some_headers;
  return one;
}

record nulls() {
  record one;
  one.topic = "test";
  return one;
}

std::string print(std::string_view text, const record& record, escaping escape = escaping::none) {
  record_format format = record_format::compile(text, {.escape = escape});
  output_buffer out(1);
  format.append(out, record);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("the default format") {
  record one = sample();
  one.key = std::nullopt;
  CHECK(print(format::default_format, one) == "test---Partition:0, Offset:12, Key:, Value:Hello\n");
}

TEST_CASE("tokens print their parts of a record") {
  ::setenv("TZ", "UTC", 1);
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"%t", "test"},
      {"%p", "0"},
      {"%o", "12"},
      {"%k", "k\x01"},
      {"%K", "2"},
      {"%s", "Hello"},
      {"%S", "5"},
      {"%R", std::string("\0\0\0\x05", 4)},
      {"%T", "1700000000123"},
      {"%h", "trace=old,trace=new,empty=,null=NULL"},
      {"%%", "%"},
      {"%x", "48656c6c6f"},
      {"%X", "6b01"},
      {"%H{trace}", "new"},
      {"%H{null}", ""},
      {"%H{Trace}", ""},
      {"%d{%H:%M:%S.%3N}", "22:13:20.123"},
      {"", ""},
      {"a literal that is longer than one block", "a literal that is longer than one block"},
      {"exactly 16 bytes%p", "exactly 16 bytes0"},
      {R"(%s%s\x00%s)", std::string("HelloHello\0Hello", 16)},
  }));
  CAPTURE(text);
  CHECK(print(text, sample()) == expected);
}

TEST_CASE("what is not there prints as in kcat") {
  CHECK(print("%k|%s|%h|%x|%X|%H{a}|%d{%Y}|", nulls()) == "|||||||");
  CHECK(print("%K %S %T", nulls()) == "-1 -1 -1");
  CHECK(print("%R", nulls()) == "\xff\xff\xff\xff");
  record empty = nulls();
  empty.key = "";
  empty.value = "";
  CHECK(print("%K %S %k%s", empty) == "0 0 ");
}

TEST_CASE("numbers of any length") {
  record one = sample();
  one.partition = 1234567890;
  one.offset = 9223372036854775807;
  one.timestamp = -1;
  CHECK(print("%p %o %T", one) == "1234567890 9223372036854775807 -1");
}

TEST_CASE("records follow each other in the buffer") {
  record_format format = record_format::compile("%o:%s %d{%S}\\n");
  output_buffer out(1);
  record one = sample();
  const std::string large(100'000, 'x');
  format.append(out, one);
  one.offset = 13;
  one.value = large;
  format.append(out, one);
  CHECK(out.view() == "12:Hello 20\n13:" + large + " 20\n");
}

TEST_CASE("escaping covers what comes from records, and nothing else") {
  record one = sample();
  const std::array<header, 1> wild = {{{"a\x1b", "b\xff"}}};
  one.value = "bell\a";
  one.headers = wild;
  CHECK(print(R"(\t%t %k %s %h %H{a\x1b}\n)", one, escaping::unsafe) ==
        "\ttest k\\x01 bell\\x07 a\\x1b=b\\xff b\\xff\n");
  CHECK(print("%s", one) == "bell\a");
}

TEST_CASE("a format says what it needs") {
  CHECK(record_format::compile("%h").needs_headers());
  CHECK(record_format::compile("%H{a}").needs_headers());
  CHECK_FALSE(record_format::compile(format::default_format).needs_headers());
  CHECK(record_format::compile("%s").has_tokens());
  CHECK_FALSE(record_format::compile("value %%s").has_tokens());
}

TEST_CASE("a NUL stands instead of the last newline, or is added") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"%s\\n", std::string("Hello\0", 6)},
      {"\\n%s", std::string("\nHello\0", 7)},
      {"%s.\\n\\n", std::string("Hello.\n\0", 8)},
      {"%s - a long literal at the end\\n", std::string("Hello - a long literal at the end\0", 34)},
      {"", std::string("\0", 1)},
  }));
  record_format format = record_format::compile(text);
  format.end_with_nul();
  output_buffer out;
  format.append(out, sample());
  CHECK(out.view() == expected);
}

TEST_CASE("a null prints as it is asked for, but for lengths and times") {
  record_format format = record_format::compile("%k|%s|%x|%X|%H{a}|%K|%T|%h", {.null_text = "-"});
  output_buffer out(1);
  format.append(out, nulls());
  CHECK(out.view() == "-|-|-|-|-|-1|-1|");
}

TEST_CASE("a long value is cut, whatever stands around it") {
  record_format format = record_format::compile("%k%s%s.", {.most_value = 4});
  output_buffer out(1);
  format.append(out, sample());
  record one = sample();
  one.value = "four";
  format.append(out, one);
  CHECK(out.view() ==
        "k\x01Hell... (5 bytes)Hell... (5 bytes).k\x01"
        "fourfour.");
}

TEST_CASE("colours are around topic, partition and key, and around nothing else") {
  record_format format = record_format::compile("%t %p %k %s\\n", {.color = true});
  output_buffer out(1);
  format.append(out, sample());
  CHECK(out.view() == "\x1b[35mtest\x1b[0m \x1b[36m0\x1b[0m \x1b[33mk\x01\x1b[0m Hello\n");
}

TEST_CASE("a key in colour is escaped all the same") {
  record_format format =
      record_format::compile("%k\\n", {.escape = escaping::unsafe, .color = true});
  record one = sample();
  one.key = "\x1b[0m";
  output_buffer out(1);
  format.append(out, one);
  CHECK(out.view() == "\x1b[33m\\x1b[0m\x1b[0m\n");
}

TEST_CASE("a NUL stands behind a colour that ends a format") {
  record_format format = record_format::compile("%k", {.color = true});
  format.end_with_nul();
  output_buffer out(1);
  format.append(out, sample());
  CHECK(out.view() == std::string_view("\x1b[33mk\x01\x1b[0m\0", 12));
}

TEST_CASE("what a partition's records have in common changes with the partition") {
  record_format format = record_format::compile("%t-%p:%o ");
  output_buffer out(1);
  record one = sample();
  for (const int partition : {0, 1, 1, 0}) {
    one.partition = partition;
    format.append(out, one);
  }
  one.topic = "another";
  format.append(out, one);
  CHECK(out.view() == "test-0:12 test-1:12 test-1:12 test-0:12 another-0:12 ");
}
