#include "kafka_fixture.hpp"

#include <logpipe/kafka/reader.hpp>
#include <logpipe/kafka/topics.hpp>

#include <catch2/catch.hpp>
#include <poll.h>

#include <support/eventually.hpp>
#include <support/mock_cluster.hpp>

using namespace logpipe;
using namespace logpipe::kafka;
using namespace logpipe::test;
using namespace std::chrono_literals;
using kind = partition_event::kind;

namespace {

/// A reader with lanes of the topic "log", whose partitions are read from their start.
class laned {
public:
  laned(int partitions, std::size_t lines_of_each, std::size_t line_size = 0)
      : lines(lines_of_each, std::string(line_size, 'x')) {
    cluster.make_topic("log", partitions);
    for (int i = 0; i < partitions; ++i) {
      write(i, lines.views());
    }
    in.emplace(
        settings_for(cluster),
        reader::options{
            .bounded = true, .partitions = static_cast<std::size_t>(partitions), .lanes = true});
    describe_topic(in->handle(), "log", 10s);
    for (int i = 0; i < partitions; ++i) {
      in->start("log", i, 0);
    }
  }

  void write(std::int32_t partition, const std::vector<std::string_view>& payloads) {
    producer out(settings_for(cluster));
    std::vector<refusal> refused;
    out.send({out.add_topic("log"), partition}, payloads, std::nullopt, nullptr, refused);
    recorder seen;
    REQUIRE(settle(out, seen));
  }

  /// Takes from one lane, once it has something; its end is something too.
  reader::batch take(std::int32_t partition) {
    reader::batch batch;
    REQUIRE(eventually([&] {
      in->read(0ms);
      batch = in->read_lane("log", partition);
      return !batch.empty();
    }));
    return batch;
  }
  std::vector<std::string> read_to_end(std::int32_t partition) {
    std::vector<std::string> values;
    for (;;) {
      const auto batch = take(partition);
      for (const auto& record : batch.records) {
        CHECK(record.partition == partition);
        values.emplace_back(*record.value);
      }
      for (const auto& event : batch.events) {
        if (event.what == kind::end && event.offset == static_cast<std::int64_t>(values.size())) {
          return values;
        }
      }
    }
  }

  numbered_lines lines;
  mock_cluster cluster;
  std::optional<reader> in;
};

}  // namespace

TEST_CASE("a lane gives its partition alone") {
  laned from(3, 2000);
  CHECK(from.read_to_end(1) == from.lines.texts());
  CHECK(from.read_to_end(2) == from.lines.texts());
  CHECK(from.read_to_end(0) == from.lines.texts());
}

TEST_CASE("what a lane gave stays while others are read") {
  laned from(2, 2000);
  const auto held = from.take(0);
  REQUIRE_FALSE(held.records.empty());
  CHECK(from.read_to_end(1) == from.lines.texts());
  for (std::size_t i = 0; i < held.records.size(); ++i) {
    CHECK(held.records[i].value == bytes(from.lines.texts()[i]));
  }
}

// 2 MB wait in each lane that nobody reads; the one that is read goes on all the same.
TEST_CASE("full lanes do not hold up the one that is read") {
  laned from(3, 2000, 1000);
  from.take(0);
  from.take(2);
  CHECK(from.read_to_end(1) == from.lines.texts());
}

TEST_CASE("a lane that gets something wakes") {
  laned from(2, 1);
  from.read_to_end(0);
  from.read_to_end(1);
  from.in->read(0ms);
  from.write(1, {"more"});
  REQUIRE(eventually([&] {
    pollfd readable{from.in->wake_fd(), POLLIN, 0};
    REQUIRE(poll(&readable, 1, 20000) == 1);
    from.in->read(0ms);
    return !from.in->read_lane("log", 1).records.empty();
  }));
}

TEST_CASE("a lane can be started elsewhere") {
  laned from(1, 2000);
  const auto held = from.take(0);
  CHECK(from.in->starts_of_lane("log", 0) == 1);
  from.in->stop("log", 0);
  from.in->start("log", 0, 1998);
  CHECK(from.in->starts_of_lane("log", 0) == 2);
  CHECK(held.records.front().value == bytes(from.lines.texts()[0]));
  const auto batch = from.take(0);
  REQUIRE_FALSE(batch.records.empty());
  CHECK(batch.records.front().offset == 1998);
}

TEST_CASE("a reader can end with lanes unread") {
  laned from(4, 2000);
  CHECK_FALSE(from.take(2).records.empty());
}
