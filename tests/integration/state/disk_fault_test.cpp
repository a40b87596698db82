// Calls that fail below the database: a full disk, a broken one, an fsync that fails.
#include "failing_disk.hpp"
#include "position_model.hpp"

#include <logpipe/ship/position_database.hpp>

#include <catch2/catch.hpp>

#include <memory>

using namespace logpipe;
using namespace logpipe::ship;
using namespace logpipe::ship::testing;
using fault = disk::fault;

namespace {

struct fault_story : failing_disk {
  position_model model{3};

  void save_well(position_database& store, std::size_t most) {
    const auto changes = model.change(store, most);
    REQUIRE(store.save(changes).empty());
    model.keep(changes);
  }
};

}  // namespace

TEST_CASE_METHOD(fault_story, "a save that fails keeps nothing, and the next one works") {
  each_call([&](auto break_disk) {
    model = position_model(3);
    position_database store(path);
    save_well(store, 30);
    const auto changes = model.change(store, 30);
    break_disk();
    const std::string reason = store.save(changes);
    under.work();
    if (!under.has_failed()) CHECK(reason.empty());
    if (reason.empty()) model.keep(changes);
    CHECK(same(store.load(), model.all()));
    save_well(store, 30);
    CHECK(same(store.load(), model.all()));
  });
}

TEST_CASE_METHOD(fault_story, "what was kept is there after an end that failed") {
  each_call([&](auto break_disk) {
    model = position_model(3);
    auto store = std::make_unique<position_database>(path);
    save_well(*store, 30);
    const auto changes = model.change(*store, 30);
    break_disk();
    if (store->save(changes).empty()) model.keep(changes);
    store.reset();
    under.work();
    position_database next(path);
    CHECK(same(next.load(), model.all()));
    save_well(next, 3);
  });
}

TEST_CASE_METHOD(fault_story, "opening tells what fails, and harms nothing") {
  each_call([&](auto break_disk) {
    model = position_model(3);
    {
      position_database store(path);
      save_well(store, 30);
    }
    break_disk();
    try {
      const position_database store(path);
    } catch (const state_error& error) {
      CHECK_THAT(error.what(), Catch::StartsWith(path));
    }
    under.work();
    CHECK(same(position_database(path).load(), model.all()));
  });
}

TEST_CASE_METHOD(fault_story, "a file that cannot be made is not there, or whole") {
  each_call([&](auto break_disk) {
    break_disk();
    bool opened = true;
    try {
      const position_database store(path);
    } catch (const state_error&) {
      opened = false;
    }
    under.work();
    if (!under.has_failed()) CHECK(opened);
    CHECK(position_database(path).load().generations.empty());
  });
}

TEST_CASE_METHOD(fault_story, "the reason is told in words") {
  position_database store(path);
  save_well(store, 3);
  under.fail(what, 0, stays);
  const std::string reason = store.save({.alive = 1});
  if (what == fault::full) CHECK_THAT(reason, Catch::Contains("full"));
  if (what == fault::error) CHECK_THAT(reason, Catch::Contains("I/O error"));
  if (what == fault::sync_error) CHECK(reason.empty());  // a save does not wait for the disk
}
