#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/chunk.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace logpipe::follow {

/// Whose turn it is, of thousands of sources: those that may have something to read stand in a
/// queue, which shares the reader fairly; those that are to be looked at are known by time.
class turns {
public:
  /// It may have something to read. It is in the queue once, however often this is said.
  void queue(source_id source);
  /// Takes the first out of the queue. It says again() or done() after it was read.
  std::optional<source_id> next();
  /// Nobody waits for a turn.
  bool is_empty() const noexcept { return m_ready.empty(); }
  /// There may be more: it stands behind all the others.
  void again(source_id source);
  void done(source_id source);
  /// A source that is held does not get to the queue until it is let go.
  void hold(source_id source, bool held);
  bool is_held(source_id source) const;

  /// When it is to be looked at; nothing: not before something happens.
  void plan(source_id source, std::optional<time_point> due);
  /// When the first one is due.
  std::optional<time_point> first_due() const;
  /// One that is due at `now`. It stays so until it is planned anew.
  std::optional<source_id> due(time_point now);

  /// It has no turns any more.
  void forget(source_id source);

private:
  struct slot {
    bool queued = false;
    bool held = false;
    std::optional<time_point> planned;
  };
  std::unordered_map<source_id, slot> m_slots;
  std::deque<source_id> m_ready;
  /// Sources share their deadlines, so there are few. One that was planned anew stays in its old
  /// list, and does not count there.
  struct deadline {
    std::vector<source_id> sources;
    std::size_t planned = 0;
  };
  void strike(time_point due);

  std::map<time_point, deadline> m_agenda;  // each with at least one that is planned
};

}  // namespace logpipe::follow
