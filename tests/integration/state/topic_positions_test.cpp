// logcat's positions, over a disk that is full or broken.
#include "failing_disk.hpp"
#include "logcat/resuming/position_file.hpp"

#include <logpipe/base/state/state_file.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using namespace logpipe::logcat;

namespace {

constexpr int partitions = 50;

struct fault_story : ship::testing::failing_disk {
  static std::string keep(position_file& file, std::int64_t next) {
    std::vector<partition_position> all;
    all.reserve(partitions);
    for (int i = 0; i < partitions; ++i) {
      all.push_back({"orders", i, {.next = next, .last = {}}});
    }
    file.reads("orders", static_cast<std::int32_t>(next));
    return file.keep(all);
  }
  /// Where all partitions stand, and the topic; nothing else may be there.
  void check_kept(std::int64_t next) const {
    position_file file(path);
    const auto& kept = file.use("");
    REQUIRE(kept.partitions.size() == partitions);
    for (const auto& [partition, position] : kept.partitions) {
      CHECK(position.next == next);
    }
    CHECK(kept.partitions_of("orders") == next);
  }
};

}  // namespace

TEST_CASE_METHOD(fault_story, "positions of topics that cannot be kept are as they were") {
  each_call([&](auto break_disk) {
    bool kept = false;
    {
      position_file file(path);
      file.use("");
      REQUIRE(keep(file, 1).empty());
      break_disk();
      kept = keep(file, 2).empty();
      under.work();
      if (!under.has_failed()) CHECK(kept);
    }
    check_kept(kept ? 2 : 1);
  });
}

TEST_CASE_METHOD(fault_story, "positions of topics are kept when the disk works again") {
  each_call([&](auto break_disk) {
    {
      position_file file(path);
      file.use("");
      REQUIRE(keep(file, 1).empty());
      break_disk();
      static_cast<void>(keep(file, 2));
      under.work();
      REQUIRE(keep(file, 3).empty());
    }
    check_kept(3);
  });
}

TEST_CASE_METHOD(fault_story, "opening positions of topics tells what fails, and harms nothing") {
  each_call([&](auto break_disk) {
    {
      position_file file(path);
      file.use("");
      REQUIRE(keep(file, 1).empty());
    }
    break_disk();
    try {
      const position_file file(path);
    } catch (const state_error& error) {
      CHECK_THAT(error.what(), Catch::StartsWith(path));
    }
    under.work();
    check_kept(1);
  });
}
