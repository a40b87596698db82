#pragma once

#include <logpipe/follow/chunk.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <unordered_map>
#include <vector>

namespace logpipe::ship {

using follow::bookmark;
using follow::generation_id;

/// Knows, for each generation, up to where everything is acknowledged without a gap. Batches are
/// acknowledged in any order (they go to different partitions); the position moves only over a
/// finished prefix. Pure bookkeeping: no time, no files, no Kafka.
class ledger {
public:
  /// Number of a batch, unique in a ledger.
  using batch_id = std::uint64_t;
  /// A generation's position has moved to `read`.
  struct move {
    generation_id generation;
    bookmark read;
  };
  /// Whether somebody asks for moves; otherwise none is remembered.
  enum class moves { ignored, remembered };

  explicit ledger(moves how = moves::ignored) : m_remembers(how == moves::remembered) {}

  /// A generation is going to be shipped from `start` on: its position until something is finished.
  void begin(generation_id generation, const bookmark& start);
  /// `records` records that cover the generation's bytes up to `end` are on their way. Batches of a
  /// generation are added in the order of their bytes. `also`: extents of other generations that
  /// have begun, which the batch covers as well; their positions move over them together with that
  /// of `generation`, never before it: a record that goes on behind a rotation is read again from
  /// its first line, or not at all.
  batch_id add(generation_id generation, const bookmark& end, std::size_t records,
               std::span<const follow::extent> also = {});
  /// `records` of the batch are done with: acknowledged, or passed over for good. True when that
  /// finished the batch.
  bool finish(generation_id generation, batch_id batch, std::size_t records);

  /// Place of the first byte that is not finished. The generation must be known.
  const bookmark& position(generation_id generation) const;
  bool knows(generation_id generation) const { return m_accounts.contains(generation); }
  /// Records that are on their way.
  std::size_t unfinished() const noexcept { return m_unfinished; }
  /// Nothing more of the generation will come: it is forgotten as soon as nothing of it is on its
  /// way, and its last move has been taken. One that is not known is none.
  void drop(generation_id generation);
  /// Generations that are not forgotten.
  std::size_t generations() const noexcept { return m_accounts.size(); }

  /// There are moves to take.
  bool has_moved() const noexcept { return !m_moved.empty(); }
  /// Each generation whose position has moved since the last call, once. Costs nothing for others.
  std::vector<move> take_moves();

private:
  struct entry {
    batch_id id;
    bookmark end;
    std::size_t left;
  };
  struct account {
    explicit account(const bookmark& start) : position(start) {}

    bookmark position;
    std::deque<entry> entries;
    bool moved = false;
    bool dropped = false;
  };
  using accounts = std::unordered_map<generation_id, account>;

  static entry& find(account& of, batch_id batch);
  void advance(accounts::value_type& of);
  void move_to(accounts::value_type& of, const bookmark& end);
  void finish_joined(batch_id batch);
  void forget_if_over(accounts::iterator of);

  bool m_remembers;
  accounts m_accounts;
  /// The generations that a batch covers beside its own; there are hardly ever any.
  std::unordered_map<batch_id, std::vector<generation_id>> m_joined;
  std::vector<generation_id> m_moved;
  batch_id m_next = 0;
  std::size_t m_unfinished = 0;
};

}  // namespace logpipe::ship
