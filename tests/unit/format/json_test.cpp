#include <logpipe/format/json.hpp>

#include <catch2/catch.hpp>
#include <simdjson.h>

#include <random>
#include <string>

using logpipe::output_buffer;

namespace {

std::string json_string(std::string_view text) {
  output_buffer out(1);
  logpipe::format::append_json_string(out, text);
  return std::string(out.view());
}

std::string json_bytes(logpipe::bytes value) {
  output_buffer out(1);
  logpipe::format::append_json_bytes(out, value);
  return std::string(out.view());
}

std::string json_base64(logpipe::bytes value) {
  output_buffer out(1);
  logpipe::format::append_json_base64(out, value);
  return std::string(out.view());
}

/// The text that simdjson reads in a JSON string; it refuses what is no JSON.
std::string read_back(const std::string& json) {
  simdjson::dom::parser parser;
  return std::string(std::string_view(parser.parse(json)));
}

/// What a terminal could obey.
bool has_controls(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7f) return true;
    if (byte == 0xc2 && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
  }
  return false;
}

/// `size` characters; many plain ones in a row, and all kinds of others between them.
std::string random_text(std::mt19937& random, std::size_t size) {
  static const std::string others[] = {"\"",       "\\",           "\n",
                                       "\x1b",     "\x7f",         std::string(1, '\0'),
                                       "\xc2\x80", "\xc2\x9b",     "\xc2\xa0",
                                       "é",        "中",           "🎉",
                                       "\xdf\xbf", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"};
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += random() % 8 != 0 ? std::string(1, 'x') : others[random() % std::size(others)];
  }
  return text;
}

}  // namespace

TEST_CASE("JSON strings escape what JSON and a terminal need escaped") {
  CHECK(json_string("") == R"("")");
  CHECK(json_string("plain text, longer than a word") == R"("plain text, longer than a word")");
  CHECK(json_string(R"(say "hi" \o/)") == R"("say \"hi\" \\o/")");
  CHECK(json_string("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  CHECK(json_string(std::string_view("\0\x1b\x7f", 3)) == R"("\u0000\u001b\u007f")");
  CHECK(json_string("中文é🎉") == R"("中文é🎉")");
  CHECK(json_string("é\xc2\x85 \xc2\x9f\xc2\xa0") == "\"é\\u0085 \\u009f\xc2\xa0\"");
}

TEST_CASE("keys and values are null, text or base64") {
  CHECK(json_bytes(std::nullopt) == "null");
  CHECK(json_bytes("") == R"("")");
  CHECK(json_bytes("text") == R"("text")");
  CHECK(json_bytes("caf\xe9") == R"({"base64":"Y2Fm6Q=="})");
}

TEST_CASE("base64 stands for text too where that is asked for") {
  CHECK(json_base64("text") == R"({"base64":"dGV4dA=="})");
  CHECK(json_base64("") == R"({"base64":""})");
  CHECK(json_base64(std::nullopt) == "null");
}

TEST_CASE("bytes that are not UTF-8 are found wherever they stand") {
  const std::string bad = GENERATE("\x80", "\xc2", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
                                   "\xf4\x90\x80\x80", "\xff");
  for (const std::size_t size :
       {0U, 1U, 15U, 16U, 17U, 63U, 64U, 100U, 4094U, 4095U, 4096U, 4097U, 10000U}) {
    for (const char* const fill : {"x", "é", "\xc2\x85"}) {
      std::string text;
      while (text.size() < size)
        text += fill;
      CAPTURE(bad, size, fill);
      CHECK(json_bytes(text + bad).starts_with(R"({"base64":")"));
      CHECK(json_bytes(bad + text).starts_with(R"({"base64":")"));
      CHECK(json_bytes(text).front() == '"');
    }
  }
}

TEST_CASE("what was written is read back as it was, without a control character in between") {
  std::mt19937 random(20261122);
  for (std::size_t round = 0; round < 2000; ++round) {
    // Now and then longer than what is written in one piece.
    const std::string text = random_text(random, random() % (round % 50 == 0 ? 20'000 : 100));
    const std::string json = json_string(text);
    CAPTURE(text, json);
    REQUIRE(read_back(json) == text);
    REQUIRE_FALSE(has_controls(json));
  }
}
