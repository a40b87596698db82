#include "logcat/looking/group_text.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe;
using namespace logpipe::logcat;

namespace {

group_facts billing() {
  group_facts group;
  group.name = "billing";
  group.info = {"Stable",
                "range",
                "a.example:9092",
                {{"m-1", "app", "/10.0.0.1", "", {{"orders", 0}, {"orders", 1}, {"refunds", 0}}},
                 {"m-2", "app", "/10.0.0.2", "static-2", {}}}};
  group.partitions =
      partitions_of({{{"orders", 0}, 90, "text"}, {{"orders", 2}, 10, ""}}, group.info.members);
  for (auto& each : group.partitions) {
    each.begin = 0;
    each.stable = 100;
  }
  return group;
}

std::string text_of(const group_facts& group) {
  output_buffer out;
  append_group_text(out, group, false);
  return std::string(out.view());
}

std::string json_of(const group_facts& group) {
  output_buffer out;
  append_group_json(out, group);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("what was committed is joined with what is assigned, in order") {
  const auto partitions = billing().partitions;
  REQUIRE(partitions.size() == 4);
  CHECK(partitions[0].where == kafka::topic_partition{"orders", 0});
  CHECK(partitions[0].committed == 90);
  CHECK(partitions[0].member == 0U);
  CHECK(partitions[1].where == kafka::topic_partition{"orders", 1});
  CHECK_FALSE(partitions[1].committed);
  CHECK(partitions[2].where == kafka::topic_partition{"orders", 2});
  CHECK_FALSE(partitions[2].member);
  CHECK(partitions[3].where == kafka::topic_partition{"refunds", 0});
}

TEST_CASE("lag is counted to the last stable offset and is never negative") {
  group_partition partition;
  CHECK_FALSE(partition.lag());
  partition.committed = 90;
  CHECK_FALSE(partition.lag());
  partition.stable = 100;
  CHECK(partition.lag() == 10);
  partition.committed = 120;
  CHECK(partition.lag() == 0);
  CHECK(partition.past_end());
}

TEST_CASE("what retention took before it was committed is counted") {
  group_partition partition;
  partition.committed = 10;
  partition.begin = 25;
  CHECK(partition.gone() == 15);
  partition.begin = 5;
  CHECK(partition.gone() == 0);
}

TEST_CASE("a group is a head, its members, and a row for each partition") {
  CHECK(text_of(billing()) ==
        "GROUP    STATE   ASSIGNOR  COORDINATOR     MEMBERS  LAG\n"
        "billing  Stable  range     a.example:9092        2  100\n"
        "\n"
        "CLIENT  HOST       MEMBER  INSTANCE  PARTITIONS\n"
        "app     /10.0.0.1  m-1               orders 0,1; refunds 0\n"
        "app     /10.0.0.2  m-2     static-2  none\n"
        "\n"
        "TOPIC    PARTITION  COMMITTED  END  LAG  CLIENT  HOST\n"
        "orders           0         90  100   10  app     /10.0.0.1\n"
        "orders           1          -  100    -  app     /10.0.0.1  nothing committed\n"
        "orders           2         10  100   90  -       -\n"
        "refunds          0          -  100    -  app     /10.0.0.1  nothing committed\n");
}

TEST_CASE("a group without members shows what it has committed") {
  auto group = billing();
  group.info = {"Empty", "", "a.example:9092", {}};
  group.partitions = partitions_of({{{"orders", 0}, 10, ""}}, {});
  group.partitions[0].begin = 25;
  group.partitions[0].stable = 100;
  CHECK(text_of(group) ==
        "GROUP    STATE  COORDINATOR     MEMBERS  LAG\n"
        "billing  Empty  a.example:9092        0   90\n"
        "\n"
        "TOPIC   PARTITION  COMMITTED  END  LAG\n"
        "orders          0         10  100   90  15 of them gone from the log\n");
}

TEST_CASE("members that cannot be looked at are not counted") {
  auto group = billing();
  group.info.members.clear();
  group.partitions.clear();
  group.members_hidden = true;
  CHECK_THAT(text_of(group), Catch::Contains("a.example:9092        ?    0\n"));
  CHECK_THAT(json_of(group), Catch::Contains(R"("members":null,)"));
}

TEST_CASE("what cannot be known is told with its reason") {
  auto group = billing();
  auto& partition = group.partitions[0];
  partition.begin.reset();
  partition.stable.reset();
  partition.error = 3;
  CHECK_THAT(text_of(group), Catch::Contains("90    ?    ?  app     /10.0.0.1  Broker: Unknown"));
  partition.error = 0;
  partition.stable = 50;
  CHECK_THAT(text_of(group), Catch::Contains("committed past the end"));
}

TEST_CASE("as JSON a group's objects have the same fields each time") {
  auto group = billing();
  group.partitions.resize(2);
  CHECK(
      json_of(group) ==
      R"({"type":"group","group":"billing","state":"Stable","assignor":"range","coordinator":"a.example:9092","members":2,"partitions":2,"lag":10}
{"type":"member","group":"billing","member":"m-1","client":"app","host":"/10.0.0.1","instance":null,"partitions":3}
{"type":"member","group":"billing","member":"m-2","client":"app","host":"/10.0.0.2","instance":"static-2","partitions":0}
{"type":"committed","group":"billing","topic":"orders","partition":0,"committed":90,"metadata":"text","first":0,"stable":100,"lag":10,"gone":0,"member":"m-1","client":"app","host":"/10.0.0.1","error":null}
{"type":"committed","group":"billing","topic":"orders","partition":1,"committed":null,"metadata":"","first":0,"stable":100,"lag":null,"gone":0,"member":"m-1","client":"app","host":"/10.0.0.1","error":null}
)");
}
