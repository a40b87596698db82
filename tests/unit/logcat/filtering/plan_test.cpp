#include "logcat/filtering/plan.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using namespace std::chrono_literals;
using namespace std::string_literals;
using logcat::filtering_options;

namespace {

bool passes(const filtering_options& written, bytes key, bytes value) {
  record one;
  one.key = key;
  one.value = value;
  return logcat::resolve(written).filter.passes(one);
}

}  // namespace

TEST_CASE("without options every record is printed, and none need be found") {
  const auto plan = logcat::resolve(filtering_options{});
  CHECK(plan.filter.empty());
  CHECK(plan.context.none());
  CHECK_FALSE(plan.must_find);
  CHECK_FALSE(plan.counts());
}

TEST_CASE("a key may hold any bytes, and none") {
  filtering_options written;
  written.key = R"(a\x00\xff)";
  CHECK(passes(written, "a\0\xff"s, "value"));
  CHECK_FALSE(passes(written, R"(a\x00\xff)", "value"));
  written.key = "";
  CHECK(passes(written, "", "value"));
  CHECK_FALSE(passes(written, std::nullopt, "value"));
  CHECK(logcat::resolve(written).must_find);
}

TEST_CASE("expressions reach over lines, and take any case with -i") {
  filtering_options written;
  written.grep = {"first.*last"};
  written.grep_key = {"k"};
  CHECK(passes(written, "k", "first\nlast"));
  CHECK_FALSE(passes(written, "K", "FIRST\nLAST"));
  written.any_case = true;
  CHECK(passes(written, "K", "FIRST\nLAST"));
  CHECK_FALSE(passes(written, "x", "first\nlast"));
  written.invert = true;
  CHECK(passes(written, "x", "first\nlast"));
}

TEST_CASE("a header's name ends at the first equals sign") {
  filtering_options written;
  written.grep_header = {"trace=a=b"};
  const header headers[] = {{"trace", "xa=by"}};
  record one;
  one.headers = headers;
  CHECK(logcat::resolve(written).filter.passes(one));
  CHECK_FALSE(passes(written, "k", "v"));
}

TEST_CASE("context is that of each side, or of both") {
  filtering_options written;
  written.grep = {"x"};
  written.around = "3";
  CHECK(logcat::resolve(written).context.before == 3);
  CHECK(logcat::resolve(written).context.after == 3);
  written.after = "0";
  CHECK(logcat::resolve(written).context.before == 3);
  CHECK(logcat::resolve(written).context.after == 0);
  written.before = "5";
  CHECK(logcat::resolve(written).context.before == 5);
}

TEST_CASE("a histogram has a width") {
  filtering_options written;
  written.histogram = "5m";
  CHECK(logcat::resolve(written).histogram == 5min);
  CHECK(logcat::resolve(written).counts());
}

TEST_CASE("what makes no sense is refused with its option") {
  filtering_options written;
  const char* word = "";
  SECTION("no expression") {
    written.grep = {"a("};
    word = "--grep: \"a(\" is no regular expression";
  }
  SECTION("a header without an expression") {
    written.grep_header = {"trace"};
    word = "write NAME= for any value";
  }
  SECTION("a header without a name") {
    written.grep_header = {"=x"};
    word = "--grep-header";
  }
  SECTION("a bad escape") {
    written.key = R"(\q)";
    word = "-k";
  }
  SECTION("nothing to invert") {
    written.invert = true;
    word = "--invert needs";
  }
  SECTION("nothing of any case") {
    written.key = "k";
    written.any_case = true;
    word = "-i needs";
  }
  SECTION("nothing to stand around") {
    written.after = "1";
    word = "need --grep";
  }
  SECTION("kcat's -C") {
    written.around = "eJ";
    word = "logcat always reads";
  }
  SECTION("negative context") {
    written.grep = {"x"};
    written.before = "-1";
    word = "-B";
  }
  SECTION("null that matches") {
    written.tombstones = true;
    written.grep = {"x"};
    word = "null matches nothing";
  }
  SECTION("two ways to count") {
    written.count_only = true;
    written.histogram = "5m";
    word = "exclude each other";
  }
  SECTION("counts with context") {
    written.grep = {"x"};
    written.around = "1";
    written.count_only = true;
    word = "not for counting";
  }
  SECTION("bars of nothing") {
    written.histogram = "0s";
    word = "at least 1ms";
  }
  CHECK_THROWS_AS(logcat::resolve(written), app::usage_error);
  CHECK_THROWS_WITH(logcat::resolve(written), Catch::Contains(word));
}
