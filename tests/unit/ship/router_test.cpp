#include <logpipe/base/hash.hpp>
#include <logpipe/ship/router.hpp>

#include <catch2/catch.hpp>

#include <set>

using logpipe::bytes;
using logpipe::ship::router;
using logpipe::ship::routing;

TEST_CASE("by file, a source stays with the partition that host and path hash to") {
  router router({routing::kind::file}, 7, "web1", std::nullopt);
  const auto expected = logpipe::murmur2_partition("web1/var/log/a.log", 7);
  CHECK(router.partition_for(0, "/var/log/a.log") == expected);
  CHECK(router.partition_for(0, "/var/log/a.log") == expected);
}

TEST_CASE("by file, hosts and files spread over the partitions") {
  std::set<std::int32_t> used;
  for (const auto* host : {"web1", "web2", "web3", "web4", "web5", "web6", "web7", "web8"}) {
    router router({routing::kind::file}, 4, host, std::nullopt);
    used.insert(router.partition_for(0, "/var/log/a.log"));
    used.insert(router.partition_for(1, "/var/log/b.log"));
  }
  CHECK(used.size() == 4);
}

TEST_CASE("spread takes the partitions in turn") {
  router router({routing::kind::spread}, 3, "h", std::nullopt);
  std::vector<std::int32_t> turns(7);
  for (auto& turn : turns) {
    turn = router.partition_for(0, "/a");
  }
  CHECK(turns == std::vector<std::int32_t>{0, 1, 2, 0, 1, 2, 0});
}

TEST_CASE("a key goes where Java's client sends it") {
  router router({routing::kind::key}, 12, "h", bytes("foobar"));
  CHECK(router.partition_for(0, "/a") == (static_cast<std::int32_t>(-790332482 & 0x7fffffff) % 12));
}

TEST_CASE("a fixed partition is always taken") {
  router router({routing::kind::fixed, 2}, 4, "h", std::nullopt);
  CHECK(router.partition_for(5, "/a") == 2);
}
