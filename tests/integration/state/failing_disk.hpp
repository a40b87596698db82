#pragma once

#include "disk.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <support/temp_directory.hpp>

namespace logpipe::ship::testing {

/// A state file on a disk whose calls fail, in each way that a disk can fail. Fixtures derive from
/// it.
struct failing_disk {
  test::temp_directory directory;
  std::string path = directory / "state";
  disk under;
  disk::fault what = GENERATE(disk::fault::full, disk::fault::error, disk::fault::sync_error);
  bool stays = GENERATE(false, true);

  /// Calls round(break_disk), each time without the file: each call that can fail behind
  /// break_disk() does, one in each round, until a round has no more.
  template <typename Round>
  void each_call(Round round) {
    for (std::uint64_t call = 0;; ++call) {
      CAPTURE(what, stays, call);
      std::filesystem::remove(path);
      round([&] { under.fail(what, call, stays); });
      under.work();
      if (!under.has_failed()) return;
      REQUIRE(call < 10'000);
    }
  }
};

}  // namespace logpipe::ship::testing
