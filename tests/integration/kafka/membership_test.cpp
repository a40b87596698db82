#include "kafka_fixture.hpp"

#include <logpipe/kafka/membership.hpp>

#include <catch2/catch.hpp>
#include <librdkafka/rdkafka.h>
#include <poll.h>

#include <algorithm>
#include <memory>
#include <set>
#include <support/eventually.hpp>
#include <support/mock_cluster.hpp>

using namespace logpipe;
using namespace logpipe::kafka;
using namespace logpipe::test;
using kind = rebalance::kind;

namespace {

/// One member of the group "readers", and what it has been given. Changes are carried out as they
/// come, unless it hesitates.
class member {
public:
  explicit member(const mock_cluster& cluster)
      : m_in(std::make_unique<membership>(settings(cluster), "readers")) {
    m_in->subscribe({"log"});
  }

  void hesitate() { m_hesitates = true; }
  void look() {
    const auto news = m_in->poll();
    if (news.committed) answers.push_back(*news.committed);
    if (!news.change) return;
    changes.push_back(news.change->what);
    for (const auto& each : news.change->partitions) {
      if (news.change->what == kind::assigned) {
        owned.insert(each.partition);
      } else {
        owned.erase(each.partition);
      }
    }
    if (!m_hesitates) m_in->confirm();
  }
  bool saw(kind what) const {
    return std::find(changes.begin(), changes.end(), what) != changes.end();
  }
  error_code commit(std::int32_t partition, std::int64_t offset) {
    m_in->commit({{{{"log", partition}, offset, "ours"}}});
    REQUIRE(eventually([&] {
      look();
      return !m_in->committing();
    }));
    return answers.back();
  }
  bool readable(int wait) const {
    pollfd watched{m_in->wake_fd(), POLLIN, 0};
    return ::poll(&watched, 1, wait) == 1;
  }
  void leave() { m_in.reset(); }

  std::set<std::int32_t> owned;
  std::vector<kind> changes;
  std::vector<error_code> answers;

private:
  static config settings(const mock_cluster& cluster) {
    auto settings = settings_for(cluster);
    settings.set("session.timeout.ms", "3000", "test");
    settings.set("heartbeat.interval.ms", "100", "test");
    return settings;
  }

  std::unique_ptr<membership> m_in;
  bool m_hesitates = false;
};

class group_of_readers {
public:
  group_of_readers() { cluster.make_topic("log", 4); }

  mock_cluster cluster;
};

const std::set<std::int32_t> all{0, 1, 2, 3};

}  // namespace

TEST_CASE("who is alone in a group is given all partitions, and the group keeps offsets") {
  group_of_readers group;
  member only(group.cluster);
  CHECK(only.readable(20000));  // some news comes without being asked for
  REQUIRE(eventually([&] { return only.look(), only.owned == all; }));
  CHECK_FALSE(group.cluster.committed("readers", "log", 2));
  CHECK(only.commit(2, 7) == 0);
  CHECK(group.cluster.committed("readers", "log", 2) == kept_offset{7, "ours"});
}

TEST_CASE("two share the partitions, and who is left over takes them all") {
  group_of_readers group;
  member first(group.cluster);
  REQUIRE(eventually([&] { return first.look(), first.owned == all; }));

  member second(group.cluster);
  REQUIRE(eventually([&] {
    first.look();
    second.look();
    return first.owned.size() == 2 && second.owned.size() == 2;
  }));
  CHECK(first.saw(kind::revoked));
  std::set<std::int32_t> both = first.owned;
  both.insert(second.owned.begin(), second.owned.end());
  CHECK(both == all);

  first.leave();
  REQUIRE(eventually([&] { return second.look(), second.owned == all; }));
  CHECK_FALSE(second.saw(kind::lost));
}

TEST_CASE("nobody else is given a partition before it has been let go") {
  // The mock cluster now and then lets a second member in by two rounds instead of one, and throws
  // out who hesitates in the second: that says nothing, and is tried again.
  bool thrown_out = true;
  for (int attempt = 0; thrown_out && attempt < 5; ++attempt) {
    group_of_readers group;
    member first(group.cluster);
    REQUIRE(eventually([&] { return first.look(), first.owned == all; }));
    first.hesitate();
    member second(group.cluster);
    REQUIRE(eventually([&] {
      first.look();
      second.look();
      return first.saw(kind::revoked) && second.saw(kind::assigned);
    }));
    const auto error = first.commit(*first.owned.begin(), 3);  // there is still time for it
    thrown_out = is_rebalancing(error);
    if (!thrown_out) CHECK(second.owned.empty());
    if (!thrown_out) CHECK(error == 0);
    first.leave();  // does not wait for what it never did
  }
  CHECK_FALSE(thrown_out);
}

TEST_CASE("a commit that is refused says why; who was thrown out loses all and joins again") {
  group_of_readers group;
  member only(group.cluster);
  REQUIRE(eventually([&] { return only.look(), only.owned == all; }));
  group.cluster.fail_next(request::offset_commit, {RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED});
  const auto error = only.commit(0, 1);
  CHECK(classify(error) == failure::denied);
  CHECK_FALSE(is_rebalancing(error));

  group.cluster.fail_next(request::offset_commit, {RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION});
  CHECK(is_rebalancing(only.commit(0, 1)));
  REQUIRE(eventually([&] { return only.look(), only.saw(kind::lost); }));
  REQUIRE(eventually([&] { return only.look(), only.owned == all; }));
  CHECK_FALSE(group.cluster.committed("readers", "log", 0));
}
