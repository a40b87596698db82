#include "logcat/reading/head_order.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <vector>

using logpipe::logcat::head_order;
using logpipe::logcat::lane_head;

TEST_CASE("the first head is the earliest, at the same time that of the first lane") {
  head_order heads;
  CHECK(heads.empty());
  for (const lane_head head : {lane_head{20, 0}, lane_head{10, 3}, lane_head{10, 1}}) {
    heads.add(head);
  }
  CHECK(heads.first().lane == 1);
  heads.remove_first();
  CHECK(heads.first().lane == 3);
  heads.replace_first(30);
  CHECK(heads.first().lane == 0);
}

TEST_CASE("the second head is the first of the other lanes") {
  head_order heads;
  heads.add({5, 0});
  CHECK(heads.second() == nullptr);
  heads.add({9, 1});
  REQUIRE(heads.second() != nullptr);
  CHECK(heads.second()->lane == 1);
  heads.add({7, 2});
  CHECK(heads.second()->lane == 2);
}

TEST_CASE("heads come in order, however they were put in and went on") {
  std::mt19937 random(7);
  const auto below = [&](int limit) { return std::uniform_int_distribution(0, limit - 1)(random); };
  head_order heads;
  std::vector<lane_head> model;
  for (int step = 0; step < 20000; ++step) {
    const auto lane = static_cast<std::size_t>(below(40));
    const auto found = std::find_if(model.begin(), model.end(),
                                    [&](const lane_head& each) { return each.lane == lane; });
    if (found == model.end()) {
      model.push_back({below(50), lane});
      heads.add(model.back());
    } else if (heads.first().lane == lane) {
      if (below(2) == 0) {
        model.erase(found);
        heads.remove_first();
      } else {
        found->timestamp += below(9) - 2;
        heads.replace_first(found->timestamp);
      }
    }
    REQUIRE(heads.all().size() == model.size());
    if (model.empty()) continue;
    std::sort(model.begin(), model.end());
    REQUIRE(heads.first().lane == model[0].lane);
    REQUIRE((heads.second() != nullptr) == (model.size() > 1));
    if (model.size() > 1) REQUIRE(heads.second()->lane == model[1].lane);
  }
}
