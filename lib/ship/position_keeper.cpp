#include <logpipe/ship/position_keeper.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace logpipe::ship {

position_keeper::position_keeper(surroundings around, const kept_positions& kept, time_point now)
    : m_around(std::move(around)),
      m_book([this] { return m_around.store.next_id(); }),
      m_sources(kept.sources),
      m_resent(kept.generations),
      m_settled(now),
      m_saved(now) {
  for (const auto& each : kept.generations) {
    m_last_seen.emplace(each.id, each.seen);
  }
}

void position_keeper::note(const follow::event& event) {
  if (const auto* begun = std::get_if<follow::generation_begun>(&event)) {
    m_book.begin(*begun, m_resent.begin(*begun));
  } else if (const auto* followed = std::get_if<follow::generation_followed>(&event)) {
    m_book.follow(*followed);
  } else if (const auto* ended = std::get_if<follow::generation_ended>(&event)) {
    m_book.end(*ended);
  } else if (const auto* known = std::get_if<follow::generation_known>(&event)) {
    m_book.know(*known);
  } else if (const auto* vanished = std::get_if<follow::generation_vanished>(&event)) {
    m_book.forget(vanished->what.id);
  } else if (const auto* seen = std::get_if<follow::generations_seen>(&event)) {
    m_book.see(seen->there);
    forget_long_gone(seen->gone);
  }
}

void position_keeper::forget_long_gone(const std::vector<follow::kept_id>& gone) {
  const std::int64_t now = m_around.wall_time();
  for (const follow::kept_id each : gone) {
    const auto seen = m_last_seen.find(each);
    if (seen != m_last_seen.end() && now - seen->second >= memory_of_gone.count()) {
      m_book.forget(each);
    }
  }
}

bool position_keeper::about_to_send(const follow::chunk& chunk, time_point now) {
  count_resent(chunk, now);
  const bool must_save = m_book.give(chunk);
  // While saving fails it is left to serve(): lines are not held up, nor is it tried for each.
  return must_save && !m_failing;
}

void position_keeper::count_resent(const follow::chunk& chunk, time_point now) {
  const std::uint64_t lines = m_resent.count(chunk);
  if (lines == 0) return;
  m_resent_lines += lines;
  m_resent_last = now;
  const std::string* path = m_book.source_of(chunk.generation);
  if (path != nullptr) m_sources.change(*path).sent_again += lines;
}

void position_keeper::serve(time_point now) {
  if (now < due()) return;
  if (now - m_resent_last >= interval) tell_resent();
  settle();
  m_settled = now;
  save(now, false);
}

/// They come one after the other: one number is told when no more have come for an interval.
void position_keeper::tell_resent() {
  const std::uint64_t news = m_resent_lines - std::exchange(m_resent_told, m_resent_lines);
  if (news > 0) m_around.tell(sent_again{news});
}

time_point position_keeper::due() const {
  if (m_failing) return m_next_try;
  const bool changed = m_book.changed() || m_sources.changed() || m_resent_told != m_resent_lines ||
                       (m_acknowledged != nullptr && m_acknowledged->has_moved());
  return changed ? m_settled + interval : m_saved + heartbeat;
}

void position_keeper::take_moves() {
  if (m_acknowledged == nullptr) return;
  for (const auto& each : m_acknowledged->take_moves()) {
    m_book.move(each);
  }
}

void position_keeper::settle() {
  take_moves();
  m_book.settle();
}

void position_keeper::save(time_point now, bool ended_well) {
  take_moves();
  for (const auto& path : m_book.refresh(m_around.describe)) {
    m_sources.change(path).caught_up = m_around.wall_time();
  }
  position_changes changes;
  m_book.collect(changes);
  m_sources.collect(changes);
  changes.alive = m_around.wall_time();
  changes.ended_well = ended_well;
  const std::string error = m_around.store.save(changes);
  if (error.empty()) {
    m_book.kept(m_acknowledged);
    m_sources.kept();
    m_saved = now;
    if (std::exchange(m_failing, false)) m_around.tell(state_works{});
    return;
  }
  ++m_errors;
  m_next_try = now + interval;
  if (!std::exchange(m_failing, true)) m_around.tell(state_failing{error});
}

bool position_keeper::end(time_point now) {
  tell_resent();
  m_book.close();
  settle();
  save(now, true);
  return !m_failing;
}

}  // namespace logpipe::ship
