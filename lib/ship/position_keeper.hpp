#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/ship/position_book.hpp>
#include <logpipe/ship/position_event.hpp>
#include <logpipe/ship/source_facts.hpp>

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

namespace logpipe::ship {

/// Keeps a run's positions: what a generation is comes from the follower, how far it is
/// acknowledged from the ledger; both are saved together, when something has moved at most every
/// second, at once before the first lines of a generation are sent (and when more are sent than was
/// expected), and at the end. Where that fails, lines are sent all the same: they may come twice
/// then.
///
/// For one thread. What it costs depends on what has changed, not on how many generations there
/// are.
class position_keeper {
public:
  /// Called from within the calls below; must not call back.
  using observer = std::function<void(const position_event&)>;
  struct surroundings {
    position_store& store;
    /// See follower::describe().
    position_book::describer describe;
    observer tell;
    /// Milliseconds since the epoch.
    std::function<std::int64_t()> wall_time;
  };
  /// Between two saves when positions move all the while; and until one that failed is tried again.
  static constexpr milliseconds interval{1000};
  /// When the first save of a run is due: runs that are killed within a second, one after the
  /// other, would otherwise send the same lines again and again, and more of them each time.
  static constexpr milliseconds first_save{100};
  /// Between two saves when nothing changes.
  static constexpr milliseconds heartbeat{15'000};
  /// What is done with and has gone is forgotten so long after it was seen last.
  static constexpr milliseconds memory_of_gone = std::chrono::hours(7 * 24);

  /// `around` holds a reference to what outlives it; `kept` is what the run begins with.
  position_keeper(surroundings around, const kept_positions& kept, time_point now);

  /// All that the follower tells, as it tells it: a generation's beginning before its first lines
  /// are sent. Does not save.
  void note(const follow::event& event);
  /// From now on lines may be acknowledged. The ledger remembers its moves, and is there whenever
  /// something below is called.
  void watch(ledger& acknowledged) noexcept { m_acknowledged = &acknowledged; }
  /// Before the chunk is handed to the shipper. True: not before save_ahead() was called, once for
  /// all chunks that wait for it.
  bool about_to_send(const follow::chunk& chunk, time_point now);
  void save_ahead(time_point now) { save(now, false); }
  /// Saves what is due.
  void serve(time_point now);
  /// When serve() has something to do.
  time_point due() const;
  /// The run is over: nothing more is sent, and what will be acknowledged has been.
  /// False: it could not be saved, which has been told.
  bool end(time_point now);

  source_facts& sources() noexcept { return m_sources; }
  /// How often saving has failed.
  std::uint64_t errors() const noexcept { return m_errors; }
  /// See ship::sent_again.
  std::uint64_t lines_sent_again() const noexcept { return m_resent_lines; }

private:
  void forget_long_gone(const std::vector<follow::kept_id>& gone);
  void count_resent(const follow::chunk& chunk, time_point now);
  void tell_resent();
  void take_moves();
  void settle();
  void save(time_point now, bool ended_well);

  surroundings m_around;
  position_book m_book;
  source_facts m_sources;
  resent_lines m_resent;
  std::unordered_map<follow::kept_id, std::int64_t> m_last_seen;
  ledger* m_acknowledged = nullptr;
  time_point m_settled;
  time_point m_saved;
  /// Saving fails; when it is tried again.
  bool m_failing = false;
  time_point m_next_try{};
  std::uint64_t m_errors = 0;
  std::uint64_t m_resent_lines = 0;
  std::uint64_t m_resent_told = 0;
  time_point m_resent_last{};
};

}  // namespace logpipe::ship
