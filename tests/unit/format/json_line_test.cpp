#include <logpipe/format/json_line.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using format::json_line;

namespace {

template <typename Fill>
std::string line(Fill fill) {
  output_buffer out;
  {
    json_line object(out);
    fill(object);
  }
  return std::string(out.view());
}

}  // namespace

TEST_CASE("an object is a line with its fields in the order they were written") {
  const std::vector<std::int32_t> replicas{2, 1};
  CHECK(line([&](json_line& object) {
          object.text("topic", "orders")
              .number("partition", 3)
              .numbers("replicas", replicas)
              .flag("internal", false)
              .null("error");
        }) == R"({"topic":"orders","partition":3,"replicas":[2,1],"internal":false,"error":null})"
              "\n");
}

TEST_CASE("what is not known is null") {
  CHECK(line([](json_line& object) {
          object.number("end", std::nullopt).text_or_null("host", "").numbers("isr", {});
        }) == "{\"end\":null,\"host\":null,\"isr\":[]}\n");
}

TEST_CASE("text is escaped, and bytes that are not UTF-8 are told as such") {
  CHECK(line([](json_line& object) { object.text("a", "\"\n").text("b", "\xff"); }) ==
        "{\"a\":\"\\\"\\n\",\"b\":{\"base64\":\"/w==\"}}\n");
}

TEST_CASE("an object without fields is one too") {
  CHECK(line([](json_line&) {}) == "{}\n");
}
