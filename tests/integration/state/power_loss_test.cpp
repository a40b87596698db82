// Power loss: what was synced stays, of the rest any part may be there.
#include "written_story.hpp"

#include <logpipe/ship/position_database.hpp>

#include <catch2/catch.hpp>

#include <functional>
#include <optional>

using namespace logpipe;
using namespace logpipe::ship;
using namespace logpipe::ship::testing;

namespace {

/// What becomes of a change that was not synced; nothing: it is as if it had not been made.
using fate = std::function<std::optional<disk_change>(const disk_change&)>;

std::optional<disk_change> lost(const disk_change& /*change*/) {
  return std::nullopt;
}

struct power_story {
  written_story story{GENERATE(range<std::uint64_t>(0, 3))};
  disk under;  // spares waiting for the real one
  test::temp_directory directory;
  std::string path = directory / "state";

  /// The files after so many changes and the loss of power.
  disk_image after(std::size_t changes, const fate& unsynced) const {
    disk_image files = story.beginning();
    for (std::size_t i = 0; i < changes; ++i) {
      const disk_change& change = story.changes()[i];
      if (is_synced(i, changes)) {
        files.apply(change);
      } else if (const auto left = unsynced(change)) {
        files.apply(*left);
      }
    }
    return files;
  }

  /// Positions may be older than they were, but not than at the last orderly end; never newer, and
  /// never parts of two saves.
  void check_lost(std::size_t changes, const fate& unsynced) const {
    CAPTURE(changes);
    after(changes, unsynced).write_to(directory.path());
    const int found = story.save_of(position_database(path).load());
    CHECK(found >= story.last_durable(changes));
    CHECK(found <= story.last_save(changes) + 1);
  }

private:
  /// By a later sync of the same file. Names come and go in the order in which they did.
  bool is_synced(std::size_t change, std::size_t changes) const {
    const auto& all = story.changes();
    for (std::size_t i = change; i < changes; ++i) {
      if (all[i].what == disk_change::kind::sync && all[i].name == all[change].name) return true;
    }
    return all[change].what == disk_change::kind::create;
  }
};

}  // namespace

TEST_CASE_METHOD(power_story, "all that was not synced is lost") {
  for (std::size_t changes = 0; changes <= story.changes().size(); ++changes) {
    check_lost(changes, lost);
  }
}

TEST_CASE_METHOD(power_story, "of what was not synced, parts are lost") {
  position_model chance(7);
  const auto by_chance = [&](const disk_change& change) -> std::optional<disk_change> {
    constexpr std::size_t sector = 512;
    switch (chance.pick(3)) {
      case 0:
        return std::nullopt;
      case 1:
        return cut(change, sector * chance.pick(1 + change.bytes.size() / sector));
      default:
        return change;
    }
  };
  for (std::size_t changes = 0; changes <= story.changes().size(); ++changes) {
    check_lost(changes, by_chance);
  }
}
