#include <logpipe/format/record_filter.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using format::record_filter;
using namespace std::string_literals;

namespace {

record keyed(bytes key, bytes value = std::nullopt) {
  record one;
  one.key = key;
  one.value = value;
  return one;
}

record valued(bytes value) {
  return keyed(std::nullopt, value);
}

}  // namespace

TEST_CASE("a filter without conditions lets everything pass") {
  const record_filter filter;
  CHECK(filter.empty());
  CHECK_FALSE(filter.needs_headers());
  CHECK(filter.passes(keyed(std::nullopt)));
}

TEST_CASE("a key is compared exactly") {
  record_filter filter;
  filter.require_key("id\0"s);
  CHECK_FALSE(filter.empty());
  CHECK(filter.passes(keyed("id\0"s)));
  CHECK_FALSE(filter.passes(keyed("id")));
  CHECK_FALSE(filter.passes(keyed("id\0x"s)));
  CHECK_FALSE(filter.passes(keyed("")));
  CHECK_FALSE(filter.passes(keyed(std::nullopt)));
}

TEST_CASE("an empty key is not a null one") {
  record_filter filter;
  filter.require_key("");
  CHECK(filter.passes(keyed("")));
  CHECK_FALSE(filter.passes(keyed(std::nullopt)));
}

TEST_CASE("expressions are searched in values and keys; null matches nothing") {
  record_filter values;
  values.require_value(pattern("b+"));
  CHECK(values.passes(keyed("x", "abba")));
  CHECK_FALSE(values.passes(keyed("abba", "x")));
  record_filter keys;
  keys.require_key(pattern("b+"));
  CHECK(keys.passes(keyed("abba", "x")));
  CHECK_FALSE(keys.passes(keyed("x", "abba")));

  record_filter all;
  all.require_value(pattern(""));
  CHECK(all.passes(valued("")));
  CHECK_FALSE(all.passes(valued(std::nullopt)));
}

TEST_CASE("any header of the name may match") {
  record_filter filter;
  filter.require_header("trace", pattern("^7"));
  CHECK(filter.needs_headers());
  const header found[] = {{"trace", "8"}, {"trace", std::nullopt}, {"trace", "71"}, {"trace", "9"}};
  const header missed[] = {{"Trace", "7"}, {"span", "7"}, {"trace", std::nullopt}, {"trace", "17"}};
  record one;
  one.headers = found;
  CHECK(filter.passes(one));
  one.headers = missed;
  CHECK_FALSE(filter.passes(one));
  one.headers = {};
  CHECK_FALSE(filter.passes(one));
}

TEST_CASE("a tombstone is a null value, not an empty one") {
  record_filter filter;
  filter.require_tombstone();
  CHECK(filter.passes(keyed("k")));
  CHECK_FALSE(filter.passes(keyed("k", "")));
}

TEST_CASE("several conditions are joined by and, and inverted as a whole") {
  record_filter filter;
  filter.require_key("k");
  filter.require_value(pattern("one"));
  filter.require_value(pattern("two"));
  const record both = keyed("k", "two one");
  const record others[] = {keyed("x", "one two"), keyed("k", "one"), keyed("k")};
  CHECK(filter.passes(both));
  for (const record& other : others) {
    CHECK_FALSE(filter.passes(other));
  }
  filter.invert();
  CHECK_FALSE(filter.passes(both));
  for (const record& other : others) {
    CHECK(filter.passes(other));
  }
}

TEST_CASE("keys are compared by the text that they are printed as") {
  record_filter filter;
  filter.compare_keys_as([text = ""s](std::string_view key) mutable -> std::string_view {
    text = std::to_string(static_cast<unsigned char>(key.front()));
    return text;
  });
  SECTION("exactly") {
    filter.require_key("42");
  }
  SECTION("by an expression") {
    filter.require_key(pattern("^4.$"));
  }
  CHECK(filter.passes(keyed("\x2a")));
  CHECK_FALSE(filter.passes(keyed("42")));
  CHECK_FALSE(filter.passes(keyed(std::nullopt)));
}
