#include "kafka_fixture.hpp"

#include <logpipe/kafka/groups.hpp>

#include <catch2/catch.hpp>

#include <support/mock_cluster.hpp>

using namespace logpipe;
using namespace logpipe::kafka;
using namespace logpipe::test;
using namespace std::chrono_literals;

// What a group says of itself is tested with a real broker: the mock cluster neither lists nor
// describes groups.

TEST_CASE("a group that has committed nothing gives no offsets") {
  mock_cluster cluster;
  cluster.make_topic("orders");
  const auto handle = make_handle(role::consumer, settings_for(cluster));
  CHECK(committed_offsets(handle.get(), "nobody", 10s).empty());
}

TEST_CASE("a question about groups ends in time, and names the group") {
  mock_cluster cluster;
  cluster.broker_down();
  const auto handle = make_handle(role::consumer, settings_for(cluster));
  const auto begin = clock::now();
  CHECK_THROWS_AS(list_groups(handle.get(), 200ms), kafka_error);
  CHECK_THROWS_WITH(describe_group(handle.get(), "billing", 200ms),
                    Catch::StartsWith("consumer group \"billing\": "));
  CHECK_THROWS_WITH(committed_offsets(handle.get(), "billing", 200ms),
                    Catch::StartsWith("committed offsets of group \"billing\": "));
  CHECK(clock::now() - begin < 10s);
}
