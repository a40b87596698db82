#pragma once

#include "fake_position_store.hpp"

#include <logpipe/ship/position_keeper.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <support/chunk_of.hpp>
#include <vector>

namespace logpipe::test {

/// A keeper of positions over a store that outlives it, beside a ledger; generation N belongs to
/// the source "/N", and its lines are nine bytes and a line end. Time stands still until the test
/// moves it.
class keeper_story {
public:
  static constexpr std::uint64_t line_size = 10;

  keeper_story() { start(); }

  /// A run begins with what is kept.
  void start() {
    told.clear();
    acknowledged = std::make_unique<ship::ledger>(ship::ledger::moves::remembered);
    files.clear();
    const auto kept = store.load();
    keeper = std::make_unique<ship::position_keeper>(
        ship::position_keeper::surroundings{
            .store = store,
            .describe = [this](auto, auto generation) { return describe(generation); },
            .tell = [this](const ship::position_event& event) { told.push_back(event); },
            .wall_time = [this] { return wall_time(); }},
        kept, now);
    keeper->watch(*acknowledged);
  }
  /// The process is gone, and another one begins.
  void crash() { start(); }

  static follow::bookmark at(std::uint64_t offset) {
    return {.offset = offset, .before = {.size = 1, .hash = offset * 31}};
  }

  void begin(follow::generation_id generation, std::uint64_t start = 0, std::uint64_t size = 0,
             std::vector<follow::kept_id> continues = {}) {
    follow::kept_generation file;
    file.source = file.name = "/" + std::to_string(generation);
    file.inode = generation;
    file.read = at(start);
    file.size = size;
    files[generation] = file;
    m_ends[generation] = start;
    keeper->note(follow::generation_begun{generation, file, std::move(continues)});
  }
  /// So many lines more, as they are read.
  follow::chunk next_lines(follow::generation_id generation, std::size_t lines = 1) const {
    auto chunk = chunk_of(std::vector<std::string>(lines, "nine byte"), m_ends.at(generation));
    chunk.source = static_cast<follow::source_id>(generation);
    chunk.generation = generation;
    chunk.before_end = at(chunk.end).before;
    return chunk;
  }
  /// So many lines more are on their way; gives their batch.
  ship::ledger::batch_id send(follow::generation_id generation, std::size_t lines = 1,
                              const std::vector<follow::extent>& also = {}) {
    auto& end = m_ends.at(generation);
    follow::chunk chunk = next_lines(generation, lines);
    chunk.also = also;
    if (keeper->about_to_send(chunk, now)) keeper->save_ahead(now);
    acknowledged->begin(generation, {.offset = chunk.begin, .before = {}});
    for (const auto& each : also) {
      acknowledged->begin(each.generation, {.offset = each.begin, .before = {}});
      m_ends[each.generation] = each.end;
    }
    end = chunk.end;
    files.at(generation).size = std::max(files.at(generation).size, end);
    return acknowledged->add(generation, at(end), lines, also);
  }
  void acknowledge(follow::generation_id generation, ship::ledger::batch_id batch,
                   std::size_t records = 1) {
    acknowledged->finish(generation, batch, records);
  }
  void end(follow::generation_id generation) {
    auto last = files.at(generation);
    last.what = follow::kept_generation::state::followed;
    keeper->note(follow::generation_ended{generation, last});
    acknowledged->drop(generation);
  }
  void pass(milliseconds time) {
    now += time;
    keeper->serve(now);
  }
  void pass_a_save() { pass(ship::position_keeper::interval); }

  /// What is kept of the generation's source; there must be one row.
  follow::kept_generation row(follow::generation_id generation) const {
    const auto found = find_row(generation);
    return found ? *found : throw std::runtime_error("nothing is kept");
  }
  std::optional<follow::kept_generation> find_row(follow::generation_id generation) const {
    for (const auto& [id, row] : store.rows) {
      if (row.inode == generation) return row;
    }
    return std::nullopt;
  }
  std::int64_t wall_time() const {
    return 1'000'000 + std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count();
  }
  /// Saving does not work, as far as was told.
  bool is_failing() const {
    return all_told<ship::state_failing>().size() > all_told<ship::state_works>().size();
  }
  template <typename Event>
  std::vector<Event> all_told() const {
    std::vector<Event> found;
    for (const auto& event : told) {
      if (const auto* e = std::get_if<Event>(&event)) found.push_back(*e);
    }
    return found;
  }

  fake_position_store store;
  time_point now{};
  std::vector<ship::position_event> told;
  /// As the follower sees them.
  std::map<follow::generation_id, follow::kept_generation> files;
  std::unique_ptr<ship::ledger> acknowledged;
  std::unique_ptr<ship::position_keeper> keeper;

private:
  std::optional<follow::kept_generation> describe(follow::generation_id generation) const {
    const auto found = files.find(generation);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  }

  std::map<follow::generation_id, std::uint64_t> m_ends;
};

}  // namespace logpipe::test
