#include <logpipe/format/byte_block.hpp>

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <utility>

using namespace logpipe::format;

namespace {

std::string text_of(byte_block block) {
  std::string text(block_size, '\0');
  store_block(text.data(), block);
  return text;
}

/// What a run copies, and what it leaves.
std::pair<std::string, std::string> run_to_comma(const std::string& text) {
  std::string to(text.size() + block_size, '?');
  text_copy copy{text.data(), text.data() + text.size(), to.data()};
  copy.run([](byte_block block) { return block == ','; });
  to.resize(static_cast<std::size_t>(copy.to - to.data()));
  return {to, std::string(copy.from, copy.end)};
}

}  // namespace

TEST_CASE("the rest of a text is a block with zeros behind it") {
  const std::string text = "0123456789abcde";
  for (std::size_t count = 0; count < block_size; ++count) {
    // On the heap and no longer than needed: a sanitizer sees a read behind it.
    const std::string exact(text.substr(0, count));
    const std::unique_ptr<char[]> heap(new char[count]);
    exact.copy(heap.get(), count);
    std::string expected = exact;
    expected.resize(block_size, '\0');
    CHECK(text_of(load_rest(heap.get(), count)) == expected);
  }
}

TEST_CASE("marks stand where the test is true, the first byte's lowest") {
  const byte_block block = load_block("a,b\x80,\x7f\x1f,,,,,,,,,");
  CHECK(marks_of(block == ',') == 0b1111'1111'1001'0010);
  CHECK(marks_of(block < ' ') == 0b0000'0000'0100'1000);
}

TEST_CASE("a run copies up to the first special byte, wherever it stands") {
  for (std::size_t size = 0; size < 50; ++size) {
    const std::string plain(size, 'x');
    CHECK(run_to_comma(plain) == std::pair(plain, std::string()));
    for (std::size_t at = 0; at < size; ++at) {
      std::string text = plain;
      text[at] = ',';
      text.back() = ',';
      CAPTURE(size, at);
      CHECK(run_to_comma(text) == std::pair(text.substr(0, at), text.substr(at)));
    }
  }
}
