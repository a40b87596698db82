#include <logpipe/format/escape.hpp>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>

namespace {

std::string escaped(std::string_view text) {
  logpipe::output_buffer out(1);
  logpipe::format::append_escaped(out, text);
  return std::string(out.view());
}

std::string hex(std::string_view bytes) {
  logpipe::output_buffer out(1);
  logpipe::format::append_hex(out, bytes);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("harmless text is printed as it is") {
  const auto* const text =
      GENERATE("", "a", "Hello current time is 2026-11-22", R"(a backslash \ stays)",
               "中文日志 строка é 🎉", "~~~~~~~~~~~~~~~~~~~~~~~~~", "                        ");
  CHECK(escaped(text) == text);
}

TEST_CASE("control characters are escaped wherever they stand") {
  using namespace std::string_literals;
  CHECK(escaped("\x1b[31mred") == R"(\x1b[31mred)");
  CHECK(escaped("tab\there") == R"(tab\x09here)");
  CHECK(escaped("\0"s) == R"(\x00)");
  CHECK(escaped("\x7f") == R"(\x7f)");
  // in each place of an eight-byte word and in what is left over
  for (std::size_t at = 0; at < 19; ++at) {
    std::string text(19, 'x');
    text[at] = '\n';
    std::string expected(19, 'x');
    expected.replace(at, 1, R"(\x0a)");
    CHECK(escaped(text) == expected);
  }
}

TEST_CASE("C1 controls are escaped, their neighbours are not") {
  CHECK(escaped("a\xc2\x9b"
                "31m") == R"(a\xc2\x9b31m)");
  CHECK(escaped("\xc2\x80") == R"(\xc2\x80)");
  CHECK(escaped("\xc2\xa0") == "\xc2\xa0");
}

TEST_CASE("bytes that are not UTF-8 are escaped one by one") {
  CHECK(escaped("caf\xe9!") == R"(caf\xe9!)");
  CHECK(escaped("\xc3") == R"(\xc3)");
  CHECK(escaped("\xe4\xb8") == R"(\xe4\xb8)");
  CHECK(escaped("\xed\xa0\x80") == R"(\xed\xa0\x80)");
  CHECK(escaped("\xff中") == "\\xff中");
}

TEST_CASE("hex is two lower-case digits a byte") {
  CHECK(hex("").empty());
  CHECK(hex(std::string_view("\0\x1f\xab\xff", 4)) == "001fabff");
}

TEST_CASE("a text of any length is escaped as one") {
  for (const std::size_t size : {0U, 13U, 16U, 4093U, 4094U, 4095U, 4096U, 4097U, 20'000U}) {
    const std::string plain(size, 'x');
    CAPTURE(size);
    CHECK(escaped(plain) == plain);
    CHECK(escaped(fmt::format("{0}中\x1b{0}", plain)) == fmt::format("{0}中\\x1b{0}", plain));
    CHECK(escaped(plain + "\xc2\x9b") == plain + R"(\xc2\x9b)");
    CHECK(escaped(plain + "\x80\x80\x80\x80\x80") == plain + R"(\x80\x80\x80\x80\x80)");
  }
}
