#include <logpipe/format/json.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <string>

using logpipe::output_buffer;
using logpipe::record;
using logpipe::timestamp_kind;

namespace {

std::string json(const record& record) {
  output_buffer out(1);
  logpipe::format::append_json_record(out, record);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("a record is one line of JSON") {
  const std::array<logpipe::header, 3> headers = {{{"h", "1"}, {"h", std::nullopt}, {"b", "\xff"}}};
  record full;
  full.topic = "test";
  full.partition = 3;
  full.offset = 12;
  full.timestamp = 1700000000123;
  full.kind = timestamp_kind::create;
  full.key = "k";
  full.value = "v";
  full.headers = headers;
  CHECK(json(full) ==
        R"({"topic":"test","partition":3,"offset":12,"timestamp":1700000000123,)"
        R"("timestamp_type":"create","headers":[["h","1"],["h",null],["b",{"base64":"/w=="}]],)"
        R"("key":"k","value":"v"})"
        "\n");
  full.kind = timestamp_kind::append;
  CHECK(json(full).find(R"("timestamp_type":"append")") != std::string::npos);
}

TEST_CASE("what is not known of a record is null") {
  record bare;
  bare.topic = "test";
  bare.partition = -1;
  bare.offset = -1;
  CHECK(json(bare) == R"({"topic":"test","partition":null,"offset":null,"timestamp":null,)"
                      R"("timestamp_type":"none","headers":[],"key":null,"value":null})"
                      "\n");
}
