#include <logpipe/format/plain_json.hpp>

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <vector>

using logpipe::bytes;

namespace {

/// What is written of `value`; nothing where it is not plain.
std::optional<std::string> plain(const bytes& value) {
  std::vector<char> text(logpipe::format::room_for_plain(value));
  const char* const end = logpipe::format::put_plain_json(text.data(), value);
  if (end == nullptr) return std::nullopt;
  return std::string(static_cast<const char*>(text.data()), end);
}

}  // namespace

TEST_CASE("plain text of every length stands between quotes") {
  for (std::size_t size = 0; size < 100; ++size) {
    std::string text(size, 'a');
    for (std::size_t i = 0; i < size; ++i)
      text[i] = static_cast<char>('a' + i % 26);
    CHECK(plain(text) == '"' + text + '"');
  }
}

TEST_CASE("null has no quotes, what is empty has nothing between them") {
  CHECK(plain(std::nullopt) == "null");
  CHECK(plain(bytes("")) == "\"\"");
}

TEST_CASE("what has to be escaped or checked is found at every place") {
  for (const char special : {'\0', '\n', '\x1f', '"', '\\', '\x7f', '\x80', '\xff'}) {
    for (std::size_t size = 1; size < 70; ++size) {
      for (std::size_t at = 0; at < size; ++at) {
        std::string text(size, ' ');
        text[at] = special;
        REQUIRE_FALSE(plain(text));
      }
    }
  }
}

TEST_CASE("a longer text is somebody else's") {
  const std::string longest(logpipe::format::longest_plain, 'x');
  CHECK(plain(longest) == '"' + longest + '"');
  CHECK_FALSE(plain(longest + 'x'));
}
