#include "logcat/printing/plan.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using namespace std::string_literals;
using logcat::printing_options;

namespace {

std::string print(const printing_options& written, bytes value, bool terminal = false) {
  record one;
  one.topic = "test";
  one.key = "k";
  one.value = value;
  auto form = logcat::resolve(written, terminal).form;
  output_buffer out;
  form.append(out, one);
  return std::string(out.view());
}

/// Text with nothing around it.
printing_options of_format(std::string text) {
  printing_options written;
  written.format = std::move(text);
  return written;
}

}  // namespace

TEST_CASE("without options the default format is printed, a line for each record") {
  CHECK(print({}, "x") == "test---Partition:0, Offset:0, Key:k, Value:x\n");
}

TEST_CASE("a value alone ends with a newline, or with NUL") {
  printing_options written;
  written.value_only = true;
  CHECK(print(written, "x") == "x\n");
  written.nul = true;
  CHECK(print(written, "x") == "x\0"s);
}

TEST_CASE("text is escaped for a terminal, unless it is said otherwise") {
  auto written = of_format("%s");
  CHECK(print(written, "\x1b", true) == R"(\x1b)");
  CHECK(print(written, "\x1b", false) == "\x1b");
  written.escape = "never";
  CHECK(print(written, "\x1b", true) == "\x1b");
  written.escape = "always";
  CHECK(print(written, "\x1b", false) == R"(\x1b)");
}

TEST_CASE("a null is nothing, a text, or a word") {
  auto written = of_format("<%s>");
  CHECK(print(written, std::nullopt) == "<>");
  written.null_text = "-";
  CHECK(print(written, std::nullopt) == "<->");
  written.null_text.reset();
  written.null_word = true;
  CHECK(print(written, std::nullopt) == "<NULL>");
}

TEST_CASE("a value is shown up to the size that was asked for") {
  auto written = of_format("%s");
  written.most_value = "3";
  CHECK(print(written, "abc") == "abc");
  CHECK(print(written, "abcd") == "abc... (4 bytes)");
  written.most_value = "1K";
  CHECK(print(written, std::string(1025, 'x')) == std::string(1024, 'x') + "... (1025 bytes)");
}

TEST_CASE("a packing is that of key and value, or of one of them") {
  auto written = of_format("%k %s");
  written.packings = {"B"};
  CHECK(print(written, "1") == "107 49");
  written.packings = {"value=B"};
  CHECK(print(written, "1") == "k 49");
  written.packings = {"B", "key=c"};
  CHECK(print(written, "1") == "k 49");
}

TEST_CASE("JSON has the names of logcat, or those of kcat") {
  printing_options written;
  written.json = "logcat";
  CHECK_THAT(print(written, "x"), Catch::Contains(R"("value":"x")"));
  written.json = "kcat";
  CHECK_THAT(print(written, "x"), Catch::Contains(R"("payload":"x")"));
}

TEST_CASE("bytes in JSON are text where they can be, or base64 always") {
  printing_options written;
  written.json = "logcat";
  written.json_bytes = "auto";
  CHECK_THAT(print(written, "x"), Catch::Contains(R"("value":"x")"));
  written.json_bytes = "base64";
  CHECK_THAT(print(written, "x"), Catch::Contains(R"("value":{"base64":"eA=="})"));
}

TEST_CASE("a look that makes no sense is refused with its option") {
  printing_options written;
  const char* word = "";
  SECTION("two forms") {
    written.format = "%s";
    written.json = "logcat";
    word = "-f and -J exclude each other";
  }
  SECTION("two texts for null") {
    written.null_text = "-";
    written.null_word = true;
    word = "--null and -Z";
  }
  SECTION("bytes of no JSON") {
    written.json_bytes = "base64";
    word = "--json-bytes is for -J";
  }
  SECTION("JSON that would not be lossless") {
    written.json = "logcat";
    written.most_value = "10";
    word = "--max-value is for text";
  }
  SECTION("nobody's names") {
    written.json = "kaf";
    word = "-J: \"kaf\"";
  }
  SECTION("no form of bytes") {
    written.json = "logcat";
    written.json_bytes = "hex";
    word = "none of auto and base64";
  }
  SECTION("no packing") {
    written.packings = {"x"};
    word = "-s: ";
  }
  SECTION("no format") {
    written.format = "%s %q";
    word = "at position 4";
  }
  SECTION("no time to escape") {
    written.escape = "sometimes";
    word = "--escape";
  }
  CHECK_THROWS_AS(logcat::resolve(written, false), app::usage_error);
  CHECK_THROWS_WITH(logcat::resolve(written, false), Catch::Contains(word));
}
