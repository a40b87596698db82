#include <logpipe/base/hash.hpp>

#include <catch2/catch.hpp>

#include <string_view>
#include <utility>

using logpipe::murmur2;
using logpipe::murmur2_partition;

TEST_CASE("murmur2 gives what Java's client gives") {
  // From UtilsTest.testMurmur2 of Apache Kafka.
  const auto [key, hash] = GENERATE(table<std::string_view, std::int32_t>({
      {"21", -973932308},
      {"foobar", -790332482},
      {"a-little-bit-long-string", -985981536},
      {"a-little-bit-longer-string", -1486304829},
      {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
      {"abc", 479470107},
  }));
  CAPTURE(key);
  CHECK(static_cast<std::int32_t>(murmur2(key)) == hash);
}

TEST_CASE("the partition is the hash without its sign, modulo the partitions") {
  // -973932308 & 0x7fffffff = 1173551340; 479470107 has no sign.
  CHECK(murmur2_partition("21", 4) == 1173551340 % 4);
  CHECK(murmur2_partition("21", 1000) == 340);
  CHECK(murmur2_partition("abc", 1000) == 107);
  CHECK(murmur2_partition("anything", 1) == 0);
}
