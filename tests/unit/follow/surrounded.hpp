#pragma once

#include "temporary_directory.hpp"

#include <logpipe/follow/source.hpp>

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace logpipe::follow::testing {

/// A directory with logs, and what the sources of a follower share.
struct surrounded : temporary_directory {
  time_point now{std::chrono::hours(1)};
  follow_options options;
  std::vector<event> events;
  follower::observer tell = [this](const event& e) { events.push_back(e); };
  watcher watches{false};
  wake_set wakes;
  block_store blocks{1000};
  claims files;
  open_files open{std::nullopt};
  memory kept;
  generation_id next = 5;
  surroundings around{options,
                      tell,
                      watches,
                      wakes,
                      blocks,
                      files,
                      open,
                      [this] { return next++; },
                      [](const std::string&) { return true; },
                      [](const std::string&, int, time_point) { return false; },
                      [this](generation_id number, kept_generation last, const std::string&) {
                        events.emplace_back(generation_ended{number, std::move(last)});
                      },
                      kept,
                      [](const std::string&, const file_status&) { return false; }};

  surrounded() { options.once = options.remembers = true; }

  template <typename Event>
  std::vector<Event> told() const {
    std::vector<Event> found;
    for (const auto& event : events) {
      if (const auto* it = std::get_if<Event>(&event)) found.push_back(*it);
    }
    return found;
  }
  /// What is kept of a file of "log" that was read up to `offset`.
  kept_generation read_to(std::uint64_t offset, const std::string& name = "log") const {
    const fd file = temporary_directory::open(name);
    const file_status status = status_of(file.get());
    kept_generation made;
    made.id = static_cast<kept_id>(status.id.inode);
    made.source = path("log");
    made.name = path(name);
    made.inode = status.id.inode;
    made.birth = status.id.birth;
    made.read = bookmark_at(file.get(), offset);
    made.sent = offset;
    made.size = made.file_size = status.size;
    return made;
  }
};

}  // namespace logpipe::follow::testing
