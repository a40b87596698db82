#include "logcat/reading/same_log.hpp"

#include <logpipe/kafka/config.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <support/mock_cluster.hpp>
#include <vector>

using namespace logpipe;
using namespace logpipe::test;
using namespace std::chrono_literals;
using logcat::bookmark;
using logcat::sameness;

namespace {

/// The log of "orders" [0]: ten records, each with a time of its own, and a reader to look at it.
struct ten_records {
  mock_cluster cluster;
  kafka::reader reader = [this] {
    cluster.make_topic("orders");
    std::vector<plain_record> records;
    records.reserve(10);
    for (int n = 0; n < 10; ++n) {
      records.push_back({std::nullopt, std::to_string(n), {}, 1000 + n});
    }
    cluster.write("orders", 0, records);
    kafka::config settings;
    settings.set("bootstrap.servers", cluster.brokers(), "test");
    return kafka::reader(settings, {.bounded = true});
  }();
  logcat::partition_log log{"orders", 0, 0, 10};

  sameness compared(std::int64_t next, std::int64_t last_offset, std::int64_t last_timestamp) {
    return compare(reader, bookmark{{"orders", 0}, next, last_offset, last_timestamp}, log, 20s);
  }
};

}  // namespace

TEST_CASE("the log where the last record stands as it stood is the same") {
  ten_records of;
  CHECK(of.compared(10, 9, 1009) == sameness::same);
  CHECK(of.compared(5, 4, 1004) == sameness::same);
}

TEST_CASE("the log where another record stands there is another, however long it is") {
  ten_records of;
  CHECK(of.compared(5, 4, 7) == sameness::another);
  CHECK(of.compared(5, 4, 1004) == sameness::same);
}

TEST_CASE("the log that ends before the bookmark is too short to be the same") {
  ten_records of;
  CHECK(of.compared(11, 9, 1009) == sameness::shorter);
}

TEST_CASE("without the record it cannot be told") {
  ten_records of;
  CHECK(of.compared(5, -1, -1) == sameness::unknown);
  of.log.begin = 6;
  CHECK(of.compared(5, 4, 1004) == sameness::unknown);
}

TEST_CASE("when nobody answers it is not told, and not waited for longer than asked") {
  ten_records of;
  of.cluster.broker_down();
  const bookmark mark{{"orders", 0}, 5, 4, 1004};
  CHECK_THROWS_AS(compare(of.reader, mark, of.log, 100ms), kafka::kafka_error);
}
