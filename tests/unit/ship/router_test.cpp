#include <logpipe/base/hash.hpp>
#include <logpipe/ship/router.hpp>

#include <catch2/catch.hpp>

#include <set>

using logpipe::murmur2_partition;
using logpipe::ship::parcel;
using logpipe::ship::router;
using logpipe::ship::routing;

namespace {

using partitions = std::vector<std::int32_t>;

/// Records with these keys; "-" is none.
parcel keyed(const std::vector<const char*>& keys) {
  parcel content;
  for (const auto* key : keys) {
    logpipe::kafka::outgoing_record record;
    if (std::string_view(key) != "-") record.key = key;
    content.records.push_back(record);
  }
  return content;
}

partitions assign(router& from, const parcel& content, const router::asked& takes) {
  partitions found;
  from.assign(content, takes, found);
  return found;
}
partitions assign(router& from, const parcel& content) {
  return assign(from, content, [](std::int32_t) { return true; });
}

}  // namespace

TEST_CASE("by file, a source stays with the partition that host and path hash to") {
  const router router({routing::kind::file}, 7);
  CHECK(router.of_source("web1", "/var/log/a.log") == murmur2_partition("web1/var/log/a.log", 7));
}

TEST_CASE("by file, hosts and files spread over the partitions") {
  const router router({routing::kind::file}, 4);
  std::set<std::int32_t> used;
  for (const auto* host : {"web1", "web2", "web3", "web4", "web5", "web6", "web7", "web8"}) {
    used.insert(*router.of_source(host, "/var/log/a.log"));
    used.insert(*router.of_source(host, "/var/log/b.log"));
  }
  CHECK(used.size() == 4);
}

TEST_CASE("a fixed partition is always taken") {
  const router router({routing::kind::fixed, 2}, 4);
  CHECK(router.of_source("h", "/a") == 2);
}

TEST_CASE("spread takes the partitions in turn, whatever the keys are") {
  router router({routing::kind::spread}, 3);
  CHECK_FALSE(router.of_source("h", "/a"));
  partitions turns;
  for (int i = 0; i < 7; ++i) {
    turns.push_back(assign(router, keyed({"a", "b"})).front());
  }
  CHECK(turns == partitions{0, 1, 2, 0, 1, 2, 0});
}

TEST_CASE("spread passes over partitions that take nothing, unless none does") {
  router router({routing::kind::spread}, 3);
  const auto not_one = [](std::int32_t partition) { return partition != 1; };
  partitions turns;
  for (int i = 0; i < 4; ++i) {
    turns.push_back(assign(router, parcel(), not_one).front());
  }
  CHECK(turns == partitions{0, 2, 0, 2});
  CHECK(assign(router, parcel(), [](std::int32_t) { return false; }) == partitions{0});
}

TEST_CASE("the key of a whole parcel goes where Java's client sends it") {
  router router({routing::kind::key}, 12);
  parcel content;
  content.key = "foobar";
  CHECK(assign(router, content) ==
        partitions{static_cast<std::int32_t>(-790332482 & 0x7fffffff) % 12});
}

TEST_CASE("each record goes to the partition of its own key") {
  router router({routing::kind::key}, 12);
  CHECK(assign(router, keyed({"a", "foobar", "a", ""})) ==
        partitions{murmur2_partition("a", 12), murmur2_partition("foobar", 12),
                   murmur2_partition("a", 12), murmur2_partition("", 12)});
}

TEST_CASE(
    "the records of a chunk that have no key go to one partition, the next chunk's to the next") {
  router router({routing::kind::key}, 3);
  CHECK(assign(router, keyed({"-", "-"})) == partitions{0});
  const auto mixed = assign(router, keyed({"-", "a", "-"}));
  const auto of_a = murmur2_partition("a", 3);
  CHECK(mixed == (of_a == 1 ? partitions{1} : partitions{1, of_a, 1}));
  CHECK(assign(router, keyed({"-"})) == partitions{2});
}

TEST_CASE("the partition that a record asks for is taken, or known not to be there") {
  router router({routing::kind::same}, 3);
  auto content = keyed({"a", "-", "a", "-", "-"});
  content.partitions = {2, 1, -1, 3, -7};
  CHECK(assign(router, content) ==
        partitions{2, 1, murmur2_partition("a", 3), router::nowhere, router::nowhere});
}
