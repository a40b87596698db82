#include "logcat/reading/topic_watch.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <support/eventually.hpp>
#include <support/mock_cluster.hpp>

using namespace logpipe;
using namespace logpipe::test;
using standing = logcat::known_partitions::standing;

namespace {

constexpr kafka::error_code unknown_topic = 3;

/// A watch over "orders", which has three partitions with five records each.
struct watched {
  mock_cluster cluster;
  logcat::plan plan;
  std::optional<logcat::topic_watch> watch;
  logcat::topic_watch::news news;

  watched() {
    cluster.make_topic("orders", 3);
    for (const std::int32_t partition : {0, 1, 2}) {
      cluster.write("orders", partition,
                    std::vector<plain_record>(5, {std::nullopt, "value", {}, 1000}));
    }
    plan.connection.settings.set("bootstrap.servers", cluster.brokers(), "test");
    plan.selection.topics = {"orders"};
    plan.selection.start.what = logcat::start_position::kind::oldest;
  }

  void begin(const logcat::found_partitions& known) { watch.emplace(plan, known); }
  /// Looks until so many starts are known.
  bool starts(std::size_t count) {
    return eventually([&] {
      watch->check_now();
      const auto fresh = watch->take();
      news.starts.insert(news.starts.end(), fresh.starts.begin(), fresh.starts.end());
      news.gone.insert(news.gone.end(), fresh.gone.begin(), fresh.gone.end());
      return news.starts.size() >= count;
    });
  }
};

logcat::partition_log log_of(std::int32_t partition) {
  return {"orders", partition, 0, 5};
}

}  // namespace

TEST_CASE("a partition that is new is read from its begin") {
  watched of;
  of.begin({{log_of(0), log_of(1)}, {}});
  REQUIRE(of.starts(1));
  CHECK(of.news.starts[0].log.partition == 2);
  CHECK(of.news.starts[0].first == 0);
  CHECK(of.news.starts[0].was == standing::added);
}

TEST_CASE("one that was late begins where the plan says, as near as can be known") {
  watched of;
  of.plan.selection.start.what = logcat::start_position::kind::newest;
  of.begin({{log_of(0), log_of(1)}, {{"orders", 2}}});
  REQUIRE(of.starts(1));
  CHECK(of.news.starts[0].was == standing::late);
  CHECK(of.news.starts[0].first == 5);
}

TEST_CASE("one that was stopped goes on where it was if its log is the same") {
  watched of;
  of.begin({{log_of(0), log_of(1), log_of(2)}, {}});
  of.watch->lost({{"orders", 1}, 3, 2, 1000});
  REQUIRE(of.starts(1));
  CHECK(of.news.starts[0].log.partition == 1);
  CHECK(of.news.starts[0].first == 3);
  CHECK_FALSE(of.news.starts[0].made_anew);
}

TEST_CASE("one whose log is another begins at its start") {
  watched of;
  of.begin({{log_of(0), log_of(1), log_of(2)}, {}});
  of.watch->lost({{"orders", 1}, 3, 2, 999});
  REQUIRE(of.starts(1));
  CHECK(of.news.starts[0].first == 0);
  CHECK(of.news.starts[0].made_anew);
}

TEST_CASE("a topic that is missing for two seconds is gone, and what is read of it comes back") {
  watched of;
  of.begin({{log_of(0), log_of(1), log_of(2)}, {}});
  of.cluster.topic_error("orders", unknown_topic);
  REQUIRE(eventually([&] {
    of.starts(0);
    return !of.news.gone.empty();
  }));
  CHECK(of.news.gone == std::vector<std::string>{"orders"});
  // Nothing was read, so that nothing but the absence tells.
  of.watch->lost({{"orders", 0}, 5, -1, -1});
  of.cluster.topic_error("orders", 0);
  REQUIRE(of.starts(1));
  CHECK(of.news.starts[0].made_anew);
  CHECK(of.news.starts[0].first == 0);
}
