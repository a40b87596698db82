#include "logcat/resuming/group/group_offsets.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace logpipe;
using namespace logpipe::logcat;

namespace {

/// Two partitions of one topic, and what their group has.
class two_partitions {
public:
  two_partitions() { kept.found({{{"orders", 0}, 10, "logcat"}}); }
  /// What is sent now, as pairs of partition and offset.
  std::vector<std::pair<int, int>> send() {
    std::vector<std::pair<int, int>> sent;
    for (const auto& part : parts) {
      kept.written(part);
    }
    for (const auto& each : kept.take_changed()) {
      CHECK(each.metadata == "logcat");
      sent.emplace_back(each.where.partition, each.offset);
    }
    return sent;
  }

  assignment parts;
  group_offsets kept;
  reading& first = parts.add({"orders", 0, 10});
  reading& second = parts.add({"orders", 1, 7});
};

using offsets = std::vector<std::pair<int, int>>;

}  // namespace

TEST_CASE("what the group was found to have is known by partition and by topic") {
  two_partitions group;
  CHECK(group.kept.of("orders", 0) == 10);
  CHECK_FALSE(group.kept.of("orders", 1));
  CHECK(group.kept.knows_topic("orders"));
  CHECK_FALSE(group.kept.knows_topic("payments"));
}

TEST_CASE("only what the group does not have is sent, a start without a record too") {
  two_partitions group;
  CHECK(group.send() == offsets{{1, 7}});
  group.kept.answered(true);
  CHECK(group.kept.up_to_date());
  CHECK(group.send().empty());
  group.first.pass_to(12);
  CHECK(group.send() == offsets{{0, 12}});
}

TEST_CASE("what was refused is sent again, as it stands then") {
  two_partitions group;
  group.send();
  group.second.pass_to(9);
  group.kept.answered(false);
  CHECK(group.send() == offsets{{1, 9}});
}

TEST_CASE("what moves on while an offset is on its way is sent behind it") {
  two_partitions group;
  group.send();
  group.second.pass_to(9);
  group.kept.written(group.second);
  group.kept.answered(true);
  CHECK_FALSE(group.kept.up_to_date());
  CHECK(group.send() == offsets{{1, 9}});
}

TEST_CASE("what was passed but not written is not sent") {
  two_partitions group;
  group.send();
  group.second.pass_to(9);
  group.kept.answered(true);
  CHECK(group.kept.up_to_date());
  CHECK(group.kept.take_changed().empty());
}

TEST_CASE("a partition that was let go is not ours to commit") {
  two_partitions group;
  group.kept.written(group.second);
  group.kept.let_go(group.second);
  CHECK(group.kept.up_to_date());
  CHECK(group.kept.take_changed().empty());
  group.kept.written(group.second);  // it has come back
  CHECK_FALSE(group.kept.up_to_date());
}
