#include <logpipe/base/owned_record.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <utility>

using namespace logpipe;

namespace {

/// A record whose bytes are overwritten once it is copied.
struct passing_batch {
  std::string topic = "orders";
  std::string key = "k1";
  std::string value = std::string(1000, 'v');
  std::string name = "trace";
  std::array<header, 2> headers{{{name, "abc"}, {name, std::nullopt}}};
  record original{.topic = topic,
                  .partition = 3,
                  .offset = 42,
                  .timestamp = 1700,
                  .kind = timestamp_kind::append,
                  .key = key,
                  .value = value,
                  .headers = headers};

  void pass() {
    for (std::string* text : {&topic, &key, &value, &name}) {
      text->assign(text->size(), '!');
    }
    headers = {};
  }
};

}  // namespace

TEST_CASE("an owned record outlives its batch, and being moved") {
  passing_batch batch;
  owned_record first(batch.original);
  batch.pass();
  const owned_record owned(std::move(first));
  const record& copy = owned.get();
  CHECK(copy.topic == "orders");
  CHECK(copy.partition == 3);
  CHECK(copy.offset == 42);
  CHECK(copy.timestamp == 1700);
  CHECK(copy.kind == timestamp_kind::append);
  CHECK(copy.key == "k1");
  CHECK(copy.value == std::string(1000, 'v'));
  REQUIRE(copy.headers.size() == 2);
  CHECK(copy.headers[0].name == "trace");
  CHECK(copy.headers[0].value == "abc");
  CHECK(copy.headers[1].name == "trace");
  CHECK_FALSE(copy.headers[1].value);
  CHECK(owned.memory() > 1000);
  CHECK(owned.memory() < 2000);
}

TEST_CASE("null stays null and empty stays empty") {
  record original;
  original.key = "";
  const owned_record owned(original);
  REQUIRE(owned.get().key);
  CHECK(owned.get().key->empty());
  CHECK_FALSE(owned.get().value);
  CHECK(owned.get().headers.empty());
}
