#include "kafka_fixture.hpp"

#include <logpipe/kafka/reader.hpp>
#include <logpipe/kafka/topics.hpp>

#include <catch2/catch.hpp>
#include <librdkafka/rdkafka.h>
#include <poll.h>

#include <map>
#include <optional>
#include <support/eventually.hpp>
#include <support/mock_cluster.hpp>

using namespace logpipe;
using namespace logpipe::kafka;
using namespace logpipe::test;
using namespace std::chrono_literals;
using kind = partition_event::kind;

namespace {

/// One reader of the topic "log", and all that it gave.
class reading {
public:
  explicit reading(int partitions = 1, reader::options how = {.bounded = true})
      : m_how(how), m_out(settings_for(with_topic(cluster, partitions))) {
    m_out.add_topic("log");
  }

  void write(const std::vector<std::string_view>& payloads, std::int32_t partition = 0,
             bytes key = std::nullopt) {
    std::vector<refusal> refused;
    m_out.send({0, partition}, payloads, key, nullptr, refused);
    recorder seen;
    REQUIRE(settle(m_out, seen));
  }

  reader& in() {
    if (!m_in) {
      m_in.emplace(settings_for(cluster), m_how);
      describe_topic(m_in->handle(), "log", 10s);
    }
    return *m_in;
  }
  void begin(std::int32_t partition, std::int64_t offset) { in().start("log", partition, offset); }

  /// Takes one batch; what it held is kept as values.
  void take(milliseconds wait = 10ms) {
    const auto batch = in().read(wait);
    for (const auto& record : batch.records) {
      auto& of_partition = values[record.partition];
      CHECK(record.topic == "log");
      if (!offsets[record.partition].empty()) {
        CHECK(record.offset > offsets[record.partition].back());
      }
      offsets[record.partition].push_back(record.offset);
      of_partition.emplace_back(record.value.value_or("(null)"));
    }
    for (const auto& event : batch.events) {
      events.push_back(event);
    }
    for (const auto& notice : batch.notices) {
      notices.push_back(notice);
    }
  }
  /// Reads until `count` events of a kind have come.
  bool read_until(kind what, std::size_t count = 1) {
    return eventually([&] {
      take();
      std::size_t seen = 0;
      for (const auto& event : events) {
        seen += event.what == what ? 1 : 0;
      }
      return seen >= count;
    });
  }

  mock_cluster cluster;
  std::map<std::int32_t, std::vector<std::string>> values;
  std::map<std::int32_t, std::vector<std::int64_t>> offsets;
  std::vector<partition_event> events;
  std::vector<notice> notices;

private:
  static mock_cluster& with_topic(mock_cluster& cluster, int partitions) {
    cluster.make_topic("log", partitions);
    return cluster;
  }

  reader::options m_how;
  producer m_out;
  std::optional<reader> m_in;
};

bool is_readable(int descriptor, int wait = 0) {
  pollfd readable{descriptor, POLLIN, 0};
  return poll(&readable, 1, wait) == 1;
}

}  // namespace

TEST_CASE("all partitions are read in order, each to its end") {
  reading from(3);
  const numbered_lines first(3000, "a");
  const numbered_lines second(2000, "b");
  from.write(first.views(), 0);
  from.write(second.views(), 2);
  for (const int partition : {0, 1, 2}) {
    from.begin(partition, 0);
  }
  REQUIRE(from.read_until(kind::end, 3));
  CHECK(from.values[0] == first.texts());
  CHECK(from.values[1].empty());
  CHECK(from.values[2] == second.texts());
  CHECK(from.in().position("log", 0) == 3000);
  CHECK(from.in().position("log", 2) == 2000);
}

TEST_CASE("a partition's high watermark is known from its first answer on") {
  reading from(2);
  const numbered_lines lines(7);
  from.write(lines.views());
  CHECK(from.in().high_watermark("log", 0) == -1);
  from.begin(0, 0);
  REQUIRE(from.read_until(kind::end));
  CHECK(from.in().high_watermark("log", 0) == 7);
  CHECK(from.in().high_watermark("log", 1) == -1);
}

TEST_CASE("the end is told with the offset of the next record") {
  reading from;
  from.write({"a", "b", "c"});
  from.begin(0, 1);
  REQUIRE(from.read_until(kind::end));
  CHECK(from.values[0] == std::vector<std::string>{"b", "c"});
  REQUIRE(from.events.size() == 1);
  CHECK(from.events[0].topic == "log");
  CHECK(from.events[0].partition == 0);
  CHECK(from.events[0].offset == 3);
  CHECK(from.events[0].error == 0);
}

TEST_CASE("a partition that nothing was read of has no position") {
  reading from;
  CHECK(from.in().position("log", 0) == -1);
}

TEST_CASE("a partition whose topic is deleted says so") {
  reading from(2);
  from.begin(1, 0);
  REQUIRE(from.read_until(kind::end));
  from.cluster.topic_error("log", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  describe_topic(from.in().handle(), "log", 10s);
  REQUIRE(from.read_until(kind::failed));
  CHECK(from.events.back().topic == "log");
  CHECK(from.events.back().partition == 1);
  CHECK(classify(from.events.back().error) == failure::missing);
}

TEST_CASE("a start offset that is not there is told, and a new start helps") {
  reading from;
  from.write({"a", "b"});
  from.begin(0, 100);
  REQUIRE(from.read_until(kind::out_of_range));
  CHECK(from.events[0].partition == 0);
  CHECK(from.values[0].empty());
  from.in().stop("log", 0);
  from.begin(0, 1);
  REQUIRE(from.read_until(kind::end));
  CHECK(from.values[0] == std::vector<std::string>{"b"});
}

TEST_CASE("what was stopped gives nothing more, and can be started elsewhere") {
  reading from(2);
  const numbered_lines lines(5000);
  from.write(lines.views(), 0);
  from.begin(0, 0);
  from.begin(1, 0);
  REQUIRE(eventually([&] {
    from.take();
    return !from.values[0].empty();
  }));
  from.in().stop("log", 0);
  from.values.clear();
  from.offsets.clear();
  from.events.clear();
  from.write({"other"}, 1);
  REQUIRE(eventually([&] {
    from.take();
    return from.values[1].size() == 1;
  }));
  CHECK(from.values[0].empty());
  from.begin(0, 4998);
  REQUIRE(eventually([&] {
    from.take();
    return from.values[0].size() == 2;
  }));
  CHECK(from.values[0] == std::vector<std::string>{"line 4998", "line 4999"});
}

TEST_CASE("stopping what was not started does nothing") {
  reading from;
  from.in().stop("log", 0);
  from.in().stop("other", 3);
}

TEST_CASE("null and empty are told apart, keys and timestamps are there") {
  reading from;
  const auto before = std::chrono::system_clock::now();
  from.write({""}, 0, "web01");
  from.write({"text"}, 0);
  from.begin(0, 0);
  std::size_t seen = 0;
  REQUIRE(eventually([&] {
    const auto batch = from.in().read(10ms);
    for (const auto& record : batch.records) {
      if (record.offset == 0) {
        CHECK(record.key == bytes("web01"));
        CHECK(record.value == bytes(""));
      } else {
        CHECK_FALSE(record.key);
        CHECK(record.value == bytes("text"));
      }
      CHECK(record.kind == timestamp_kind::create);
      CHECK(record.timestamp >=
            std::chrono::duration_cast<milliseconds>(before.time_since_epoch()).count());
      CHECK(record.headers.empty());
      ++seen;
    }
    return seen == 2;
  }));
}

TEST_CASE("a null value is none, and a timestamp is the writer's") {
  reading from;
  from.cluster.write("log", 0, {{.key = "gone", .value = {}, .headers = {}, .timestamp = 1234}});
  from.begin(0, 0);
  REQUIRE(eventually([&] {
    const auto batch = from.in().read(10ms);
    for (const auto& record : batch.records) {
      CHECK_FALSE(record.value);
      CHECK(record.key == bytes("gone"));
      CHECK(record.timestamp == 1234);
    }
    return batch.records.size() == 1;
  }));
}

TEST_CASE("headers are read when they are asked for") {
  const bool asked = GENERATE(true, false);
  reading from(1, {.bounded = true, .headers = asked});
  for (const std::string value : {"first", "second"}) {
    from.cluster.write("log", 0,
                       {{.key = {},
                         .value = value,
                         .headers = {{"host", "web01"}, {"none", {}}, {"value", value}}}});
  }
  from.begin(0, 0);
  std::size_t seen = 0;
  REQUIRE(eventually([&] {
    const auto batch = from.in().read(10ms);
    for (const auto& record : batch.records) {
      ++seen;
      REQUIRE(record.headers.size() == (asked ? 3U : 0U));
      if (!asked) continue;
      CHECK(record.headers[0].name == "host");
      CHECK(record.headers[0].value == bytes("web01"));
      CHECK_FALSE(record.headers[1].value);
      CHECK(record.headers[2].value == record.value);
    }
    return seen == 2;
  }));
}

TEST_CASE("the descriptor wakes a follower, and stays readable while something is left") {
  reading from;
  from.begin(0, 0);
  REQUIRE(from.read_until(kind::end));
  while (!from.in().read(0ms).empty()) {
  }
  CHECK_FALSE(is_readable(from.in().wake_fd()));

  const numbered_lines lines(5000);
  from.write(lines.views());
  REQUIRE(eventually([&] {
    if (!is_readable(from.in().wake_fd(), 10000)) return false;
    from.take(0ms);
    return from.values[0].size() == 5000;
  }));
  CHECK(from.values[0] == lines.texts());
}

TEST_CASE("a broker that cannot be reached is told, and wakes") {
  reading from;
  from.cluster.broker_down();
  reader in(settings_for(from.cluster), {});
  REQUIRE(eventually([&] {
    is_readable(in.wake_fd(), 10000);
    for (const auto& notice : in.read(0ms).notices) {
      if (notice.what == notice::kind::unreachable) return true;
    }
    return false;
  }));
}

TEST_CASE("a broker that goes away is read on when it is back") {
  reading from;
  const numbered_lines before(100, "before ");
  from.write(before.views());
  from.begin(0, 0);
  REQUIRE(from.read_until(kind::end));
  from.cluster.broker_down();
  REQUIRE(eventually([&] {
    from.take();
    for (const auto& notice : from.notices) {
      if (notice.what == notice::kind::unreachable) return true;
    }
    return false;
  }));
  from.cluster.broker_up();
  from.write({"after"});
  REQUIRE(eventually([&] {
    from.take();
    return from.values[0].size() == 101;
  }));
  CHECK(from.values[0].back() == "after");
}

TEST_CASE("an answer that says no is a failed partition") {
  reading from;
  from.write({"a"});
  from.cluster.fail_next(request::fetch, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
  from.begin(0, 0);
  REQUIRE(from.read_until(kind::failed));
  CHECK(classify(from.events.back().error) == failure::denied);
}

TEST_CASE("a reader can end with partitions started and records unread") {
  reading from(2);
  const numbered_lines lines(5000);
  from.write(lines.views());
  reader in(settings_for(from.cluster), {.bounded = true});
  describe_topic(in.handle(), "log", 10s);
  in.start("log", 0, 0);
  in.start("log", 1, 0);
  REQUIRE(eventually([&] { return !in.read(10ms).records.empty(); }));
}
