#include <logpipe/base/literal.hpp>

#include <catch2/catch.hpp>

#include <random>
#include <string>

using logpipe::literal;
using namespace std::string_literals;

namespace {

bool found(std::string text, std::string_view in) {
  return literal(std::move(text)).found_in(in);
}

}  // namespace

TEST_CASE("a literal is found wherever it stands") {
  CHECK(found("error", "error"));
  CHECK(found("error", "an error here"));
  CHECK(found("error", "the last is an error"));
  CHECK(found("x", "x"));
  CHECK_FALSE(found("error", "erro"));
  CHECK_FALSE(found("error", "errors are no Errors"s.substr(1)));
  CHECK_FALSE(found("error", ""));
}

TEST_CASE("an empty literal is everywhere, in nothing too") {
  CHECK(found("", "text"));
  CHECK(found("", ""));
  CHECK(found("", {}));
  CHECK_FALSE(found("x", {}));
}

TEST_CASE("literals are bytes") {
  CHECK(found("\0"s, "a\0b"s));
  CHECK(found("\xff\0"s, "a\xff\0"s));
  CHECK_FALSE(found("\xff\0"s, "a\xff"s));
}

TEST_CASE("a literal is found where std::string finds it") {
  std::mt19937 random(GENERATE(range(1U, 20U)));
  // Few different letters, so that there are many near misses.
  const auto text_of = [&random](std::size_t size) {
    std::string text(size, ' ');
    for (char& c : text) {
      c = "eztQ"[random() % 4];
    }
    return text;
  };
  for (int i = 0; i < 200; ++i) {
    const std::string text = text_of(random() % 40);
    const std::string wanted = text_of(random() % 5);
    INFO(wanted << " in " << text);
    CHECK(found(wanted, text) == (text.find(wanted) != std::string::npos));
  }
}
