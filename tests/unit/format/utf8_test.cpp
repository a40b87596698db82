#include <logpipe/format/utf8.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe::format;

TEST_CASE("UTF-8 sequences have the lengths of RFC 3629") {
  CHECK(utf8_sequence("a") == 1);
  CHECK(utf8_sequence("\xc3\xa9") == 2);
  CHECK(utf8_sequence("\xe4\xb8\xad") == 3);
  CHECK(utf8_sequence("\xf0\x9f\x8e\x89") == 4);
  CHECK(utf8_sequence("\xf4\x8f\xbf\xbf") == 4);
  CHECK(utf8_sequence("\xed\x9f\xbf") == 3);
}

TEST_CASE("what is no UTF-8 sequence") {
  const auto* const text =
      GENERATE("", "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xc3(", "\xe0\x9f\xbf",
               "\xed\xa0\x80", "\xed\xbf\xbf", "\xe4\xb8", "\xe4\xb8(", "\xf0\x8f\xbf\xbf",
               "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xf0\x9f\x8e", "\xff");
  CHECK(utf8_sequence(text) == 0);
}

TEST_CASE("the front of a text ends between two sequences") {
  CHECK(utf8_front("short", 5) == "short");
  CHECK(utf8_front("longer", 5) == "longe");
  const std::string text = "abc" + std::string("中🎉é") + "x";  // 3, 3, 4, 2 and 1 bytes
  CHECK(utf8_front(text, 4) == "abc");
  CHECK(utf8_front(text, 5) == "abc");
  CHECK(utf8_front(text, 6) == "abc中");
  CHECK(utf8_front(text, 9) == "abc中");
  CHECK(utf8_front(text, 10) == "abc中🎉");
  CHECK(utf8_front(text, 11) == "abc中🎉");
  CHECK(utf8_front(text, 12) == "abc中🎉é");
}

TEST_CASE("bytes that are part of no sequence are cut anywhere") {
  CHECK(utf8_front(std::string(10, '\x80'), 7).size() == 7);
  CHECK(utf8_front("\xff\xff\xff\xff\xff\xff", 4).size() == 4);
}
