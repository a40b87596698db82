#pragma once

#include <logpipe/follow/event.hpp>
#include <logpipe/ship/ledger.hpp>
#include <logpipe/ship/position_store.hpp>
#include <logpipe/ship/resent_lines.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace logpipe::ship {

/// What is to be kept of a run's generations, and what of it is not kept yet: which file each is,
/// as the follower tells it, how far it is acknowledged, and up to where lines were handed over.
/// Costs something for those that change, nothing for the others. No time, no store.
///
/// `sent` is kept ahead of what is sent, so that it need not be kept for each chunk: as far ahead
/// as lines have come since the last settle(). At an even pace that is what comes until the next.
class position_book {
public:
  /// See position_store::next_id().
  using id_source = std::function<follow::kept_id()>;
  /// See follower::describe().
  using describer = std::function<std::optional<follow::kept_generation>(follow::source_id,
                                                                         follow::generation_id)>;

  explicit position_book(id_source next_id) : m_next_id(std::move(next_id)) {}

  /// `sent_before`: see resent_lines::begin().
  void begin(const follow::generation_begun& what, std::uint64_t sent_before);
  void follow(const follow::generation_followed& what);
  void end(const follow::generation_ended& what);
  void know(const follow::generation_known& what);
  /// What was kept before is there; or is not to be kept any longer.
  void see(const std::vector<follow::kept_id>& kept);
  void forget(follow::kept_id kept) { m_forgotten.push_back(kept); }

  /// Lines are going to be sent. True: not before what has changed is kept.
  bool give(const follow::chunk& chunk);
  /// Lines are acknowledged.
  void move(const ledger::move& what);
  /// Brings up to date how far `sent` is ahead. To be called at even intervals.
  void settle();
  /// Brings what has changed up to date before it is kept: names, sizes, fingerprints. Gives the
  /// sources, of those that changed, that are acknowledged to their end.
  std::vector<std::string> refresh(const describer& describe);
  /// Nothing more will be sent.
  void close();

  /// There is something to keep, or to settle.
  bool changed() const noexcept;
  /// Adds what is not kept yet.
  void collect(position_changes& to) const;
  /// What was collected is kept. Those that have ended are forgotten here when the ledger has
  /// forgotten them too.
  void kept(const ledger* acknowledged);

  /// The path of the source that a generation belongs to; null: it is not kept.
  const std::string* source_of(follow::generation_id generation) const;

private:
  struct row {
    follow::kept_generation now;
    /// Known once something of it was given.
    std::optional<follow::source_id> source = {};
    /// Up to where lines were handed over; and at the last settle().
    std::uint64_t given;
    std::uint64_t given_before;
    /// `sent` does not go back behind this.
    std::uint64_t sent_before;
    /// Its beginning is not kept yet.
    bool fresh = true;
    bool changed = false;
    bool paced = false;
    bool ended = false;
  };

  row* find(follow::generation_id generation);
  bool give(follow::source_id source, follow::generation_id generation, std::uint64_t end,
            bool sends);
  void change(follow::generation_id generation, row& of);
  void send_ahead(follow::generation_id generation, row& of, std::uint64_t until);
  void expect_first_lines();

  id_source m_next_id;
  std::unordered_map<follow::generation_id, row> m_rows;
  std::vector<follow::generation_id> m_changed;
  /// Those whose `sent` may be ahead.
  std::vector<follow::generation_id> m_paced;
  /// Those of which nothing was given yet.
  std::vector<follow::generation_id> m_expected;
  std::vector<follow::generation_id> m_ended;
  /// Known, and not read.
  std::vector<follow::kept_generation> m_known;
  std::vector<follow::kept_id> m_forgotten;
  std::vector<follow::kept_id> m_seen;
};

}  // namespace logpipe::ship
