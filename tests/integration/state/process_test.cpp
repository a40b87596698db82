// Another process writes while this one reads, or is killed.
#include "position_model.hpp"

#include <logpipe/ship/position_database.hpp>
#include <logpipe/ship/read_positions.hpp>

#include <catch2/catch.hpp>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <support/eventually.hpp>
#include <support/some_positions.hpp>
#include <support/temp_directory.hpp>
#include <utility>
#include <variant>
#include <vector>

using namespace logpipe;
using namespace logpipe::ship;

namespace {

constexpr int most_rounds = 100'000;  // its end if nobody kills it

/// A process that does something again and again until it is killed.
class other_process {
public:
  explicit other_process(const std::function<void(std::uint64_t)>& again) : m_pid(::fork()) {
    if (m_pid != 0) return;
    for (std::uint64_t i = 1; i < most_rounds; ++i) {
      again(i);
    }
    ::_exit(0);
  }
  ~other_process() { kill(); }
  other_process(const other_process&) = delete;
  other_process& operator=(const other_process&) = delete;

  void kill() {
    if (m_pid <= 0) return;
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
    m_pid = 0;
  }
  pid_t pid() const { return m_pid; }

private:
  pid_t m_pid;
};

struct process_story {
  static constexpr int generations = 500;  // several pages
  test::temp_directory directory;
  std::string path = directory / "state";
  std::vector<follow::kept_id> ids;
  std::uint64_t newest = 0;

  process_story() {
    position_database store(path);
    for (int i = 0; i < generations; ++i) {
      ids.push_back(store.next_id());
    }
    save(store, 0);
  }
  /// All generations stand at `read`.
  void save(position_database& store, std::uint64_t read) const {
    position_changes changes;
    for (const auto id : ids) {
      changes.generations.push_back(test::some_generation(id, read));
    }
    if (!store.save(changes).empty()) ::_exit(1);
  }
  /// They are of one save, not an older one than was seen before.
  void check(const kept_positions& kept) {
    REQUIRE(kept.generations.size() == ids.size());
    const std::uint64_t read = kept.generations.front().read.offset;
    CHECK(std::all_of(kept.generations.begin(), kept.generations.end(),
                      [&](const auto& generation) { return generation.read.offset == read; }));
    CHECK(read >= newest);
    newest = read;
  }
  void check_reading(int times) {
    for (int i = 0; i < times; ++i) {
      check(read_positions(path).value());
    }
  }
  bool sees_more_than(std::uint64_t read) {
    return test::eventually([&] {
      check_reading(1);
      return newest > read;
    });
  }
};

}  // namespace

TEST_CASE_METHOD(process_story, "a reader beside a run finds one save after the other, whole") {
  std::optional<position_database> store;
  other_process writer([&](std::uint64_t i) {
    if (!store) store.emplace(path);
    save(*store, i);
  });
  REQUIRE(sees_more_than(0));
  check_reading(300);
  REQUIRE(sees_more_than(newest));
  writer.kill();
  check_reading(2);
  check(position_database(path).load());
}

TEST_CASE_METHOD(process_story, "a reader beside short runs, one after the other") {
  other_process runs([&](std::uint64_t i) {
    position_database store(path);
    save(store, i);
  });
  REQUIRE(sees_more_than(0));
  check_reading(300);
  REQUIRE(sees_more_than(newest));
}

TEST_CASE_METHOD(process_story, "a run that goes on after one that was killed at any moment") {
  for (int kills = 0; kills < 20; ++kills) {
    std::optional<position_database> store;
    other_process writer([&](std::uint64_t i) {
      if (!store) store.emplace(path);
      save(*store, newest + i);
    });
    REQUIRE(sees_more_than(newest));
    writer.kill();
    check(position_database(path).load());
  }
}

TEST_CASE_METHOD(process_story, "the lock goes with the process that had it, however it ended") {
  std::optional<file_lock> mine;
  other_process owner([&](std::uint64_t /*round*/) {
    while (!mine) {  // who asks below has it for moments
      auto tried = lock_state(path);
      if (auto* taken = std::get_if<file_lock>(&tried)) mine = std::move(*taken);
    }
    ::pause();
  });
  const auto holder = [&] {
    const auto other = lock_state(path);
    const auto* found = std::get_if<file_lock::holder>(&other);
    return found == nullptr ? 0 : found->pid;
  };
  CHECK(test::eventually([&] { return holder() == owner.pid(); }));
  owner.kill();
  CHECK(holder() == 0);
}
