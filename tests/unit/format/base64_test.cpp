#include <logpipe/format/base64.hpp>

#include <catch2/catch.hpp>

#include <optional>
#include <string>

namespace {

std::string base64(std::string_view bytes) {
  logpipe::output_buffer out(1);
  logpipe::format::append_base64(out, bytes);
  return std::string(out.view());
}

std::optional<std::string> decoded(std::string_view text) {
  std::string bytes(text.size() / 4 * 3, '?');
  const auto size = logpipe::format::decode_base64(text, bytes.data());
  if (!size) return std::nullopt;
  bytes.resize(*size);
  return bytes;
}

}  // namespace

TEST_CASE("base64 of RFC 4648, section 10") {
  CHECK(base64("").empty());
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foob") == "Zm9vYg==");
  CHECK(base64("fooba") == "Zm9vYmE=");
  CHECK(base64("foobar") == "Zm9vYmFy");
}

TEST_CASE("base64 of bytes beyond ASCII") {
  CHECK(base64("\xff\xfe\xfd") == "//79");
  CHECK(base64(std::string_view("\0\xfb", 2)) == "APs=");
}

TEST_CASE("base64 is read back") {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    CHECK(decoded(base64(bytes)) == bytes);
    bytes += static_cast<char>(i * 7);
  }
}

TEST_CASE("what is no base64 is refused") {
  CHECK_FALSE(decoded("Zg"));
  CHECK_FALSE(decoded("Zm9v\n"));
  CHECK_FALSE(decoded("Zm9v Zg="));
  CHECK_FALSE(decoded("Zg==Zg=="));
  CHECK_FALSE(decoded("Z==="));
  CHECK_FALSE(decoded("===="));
  CHECK_FALSE(decoded("Z-_v"));
}
