#include <logpipe/format/base64.hpp>

#include <catch2/catch.hpp>

#include <string>

namespace {

std::string base64(std::string_view bytes) {
  logpipe::output_buffer out(1);
  logpipe::format::append_base64(out, bytes);
  return std::string(out.view());
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
