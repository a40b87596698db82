#include <logpipe/format/packing.hpp>

#include <catch2/catch.hpp>

#include <optional>
#include <string>

using namespace logpipe;
using format::packing;
using namespace std::string_literals;

namespace {

std::optional<std::string> unpack(std::string_view letters, std::string_view bytes) {
  output_buffer out(1);
  if (!packing(letters).append(out, bytes)) {
    CHECK(out.empty());
    return std::nullopt;
  }
  return std::string(out.view());
}

std::string complaint(std::string_view letters) {
  try {
    packing{letters};
  } catch (const format::packing_error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("integers of each size, with and without a sign") {
  const auto [letters, bytes, text] = GENERATE(table<std::string, std::string, std::string>({
      {"b", "\x7f"s, "127"},
      {"b", "\xff"s, "-1"},
      {"B", "\xff"s, "255"},
      {"h", "\x01\x02"s, "258"},
      {"h", "\x80\x00"s, "-32768"},
      {"H", "\xff\xfe"s, "65534"},
      {"i", "\x00\x00\x30\x39"s, "12345"},
      {"i", "\xff\xff\xff\xfe"s, "-2"},
      {"I", "\xff\xff\xff\xff"s, "4294967295"},
      {"q", "\x00\x00\x00\x00\x00\x00\x00\x00"s, "0"},
      {"q", "\x80\x00\x00\x00\x00\x00\x00\x00"s, "-9223372036854775808"},
      {"Q", "\xff\xff\xff\xff\xff\xff\xff\xff"s, "18446744073709551615"},
  }));
  CAPTURE(letters);
  CHECK(unpack(letters, bytes) == text);
  CHECK(unpack(">" + letters, bytes) == text);
  CHECK(unpack("<" + letters, std::string(bytes.rbegin(), bytes.rend())) == text);
  CHECK(unpack(letters + "$", bytes) == text);
}

TEST_CASE("the byte order holds for what follows") {
  CHECK(unpack("h<h>h", "\0\1\0\1\0\1"s) == "12561");
  CHECK(unpack("h <h >h", "\0\1\0\1\0\1"s) == "1 256 1");
}

TEST_CASE("characters, blanks and the rest") {
  CHECK(unpack("cb c", "x\1y"s) == "x1 y");
  CHECK(unpack("b s", "\5text"s) == "5 text");
  CHECK(unpack("s", "") == "");
  CHECK(unpack("s$", "\0\xff"s) == "\0\xff"s);
  CHECK(unpack(" ", "ignored") == " ");
}

TEST_CASE("too few bytes do not fit, too many do unless all are asked for") {
  CHECK(unpack("q", "1234567") == std::nullopt);
  CHECK(unpack("b", "") == std::nullopt);
  CHECK(unpack("c", "") == std::nullopt);
  CHECK(unpack("bs", "") == std::nullopt);
  CHECK(unpack("h", "\0\1more"s) == "1");
  CHECK(unpack("h$", "\0\1more"s) == std::nullopt);
  CHECK(unpack("h$ ", "\0\1"s) == "1 ");
}

TEST_CASE("one integer alone is a number") {
  CHECK(packing(">q").is_number());
  CHECK(packing("<I$").is_number());
  CHECK_FALSE(packing("s").is_number());
  CHECK_FALSE(packing("c").is_number());
  CHECK_FALSE(packing("bb").is_number());
  CHECK_FALSE(packing("b ").is_number());
}

TEST_CASE("a packing that cannot be understood is told what is wrong") {
  CHECK_THAT(complaint("avro"), Catch::Contains("\"avro\": a is none of <, >, b"));
  CHECK_THAT(complaint(""), Catch::Contains("packs nothing"));
  CHECK_THAT(complaint("<$"), Catch::Contains("packs nothing"));
  CHECK_THAT(complaint("sb"), Catch::Contains("no b can be behind s"));
  CHECK_THAT(complaint("b$b"), Catch::Contains("no b can be behind $"));
}
