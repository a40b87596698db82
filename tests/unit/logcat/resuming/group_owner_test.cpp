#include "logcat/resuming/group/group_owner.hpp"

#include "common/exit_code.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using namespace logpipe::logcat;
using Catch::Matchers::Contains;

namespace {

kafka::group_info group_of(const std::vector<std::string>& client_ids,
                           const std::string& assignor = "cooperative-sticky") {
  kafka::group_info group;
  group.assignor = client_ids.empty() ? "" : assignor;
  for (const auto& id : client_ids) {
    group.members.push_back({id + "-1", id, "/10.0.0.7", "", {}});
  }
  return group;
}

const std::vector<kafka::committed_offset> ours{{{"orders", 0}, 5, "logcat"},
                                                {{"orders", 1}, 8, "logcat"}};

}  // namespace

TEST_CASE("a group that only logcats have used is ours, and so is one that there is not") {
  CHECK_FALSE(sign_of_another_owner(group_of({}), {}, "logcat"));
  CHECK_FALSE(sign_of_another_owner(group_of({"logcat", "logcat"}), ours, "logcat"));
}

TEST_CASE("a member with another client ID is an application's") {
  const auto sign = sign_of_another_owner(group_of({"logcat", "billing"}), ours, "logcat");
  REQUIRE(sign);
  CHECK_THAT(*sign, Contains("\"billing\"") && Contains("/10.0.0.7"));
  CHECK_FALSE(sign_of_another_owner(group_of({"billing"}), ours, "billing"));
}

TEST_CASE("an offset without our mark is an application's, of whatever topic") {
  auto offsets = ours;
  offsets.push_back({{"payments", 2}, 70, ""});
  const auto sign = sign_of_another_owner(group_of({}), offsets, "logcat");
  REQUIRE(sign);
  CHECK_THAT(*sign, Contains("payments [2] 70"));
}

TEST_CASE("who joins others divides partitions as they do") {
  CHECK_FALSE(strategy_to_join(group_of({})));
  CHECK_FALSE(strategy_to_join(group_of({"logcat"})));
  CHECK(strategy_to_join(group_of({"billing"}, "range")) == "range");
  CHECK(strategy_to_join(group_of({"billing"}, "roundrobin")) == "roundrobin");
  CHECK_THROWS_AS(strategy_to_join(group_of({"billing"}, "sticky")), app::usage_error);
}
