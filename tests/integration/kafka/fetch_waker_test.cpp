#include "kafka_fixture.hpp"

#include <logpipe/kafka/reader.hpp>
#include <logpipe/kafka/topics.hpp>

#include <catch2/catch.hpp>

#include <support/eventually.hpp>
#include <support/mock_cluster.hpp>

using namespace logpipe;
using namespace logpipe::kafka;
using namespace logpipe::test;
using namespace std::chrono_literals;

namespace {

constexpr int partitions = 8;
constexpr std::size_t lines_of_each = 3000;

void fill(mock_cluster& cluster) {
  cluster.make_topic("log", partitions);
  producer out(settings_for(cluster));
  const auto topic = out.add_topic("log");
  const numbered_lines lines(lines_of_each, std::string(1000, 'x'));
  std::vector<refusal> refused;
  for (std::int32_t partition = 0; partition < partitions; ++partition) {
    out.send({topic, partition}, lines.views(), std::nullopt, nullptr, refused);
  }
  recorder seen;
  REQUIRE(settle(out, seen));
}

}  // namespace

// 24 MB through queues of 64 KB: they are full all the time. Without the wake-up each of the 50
// times that all are emptied costs up to a second.
TEST_CASE("a full queue does not stop the stream") {
  mock_cluster cluster;
  fill(cluster);
  auto settings = settings_for(cluster);
  settings.set("queued.max.messages.kbytes", "64", "test");
  reader in(settings, {.bounded = true, .partitions = partitions});
  describe_topic(in.handle(), "log", 10s);
  for (std::int32_t partition = 0; partition < partitions; ++partition) {
    in.start("log", partition, 0);
  }
  std::size_t count = 0;
  CHECK(eventually(
      [&] {
        count += in.read(10ms).records.size();
        return count == partitions * lines_of_each;
      },
      8s));
  CHECK(count == partitions * lines_of_each);
}
