#pragma once

#include <logpipe/follow/chunk.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>

namespace logpipe::ship {

using follow::generation_id;

/// Knows, for each generation, up to which offset everything is acknowledged without a gap. Batches
/// are acknowledged in any order (they go to different partitions); the position moves only over a
/// finished prefix. Pure bookkeeping: no time, no files, no Kafka.
class ledger {
public:
  /// Number of a batch, unique in a ledger.
  using batch_id = std::uint64_t;

  /// A generation is going to be shipped from `start` on: its position until something is finished.
  void begin(generation_id generation, std::uint64_t start);
  /// `records` records that cover the generation's bytes up to `end` are on their way. Batches of a
  /// generation are added in the order of their bytes.
  batch_id add(generation_id generation, std::uint64_t end, std::size_t records);
  /// `records` of the batch are done with: acknowledged, or passed over for good. True when that
  /// finished the batch.
  bool finish(generation_id generation, batch_id batch, std::size_t records);

  /// Offset of the first byte that is not finished.
  std::uint64_t position(generation_id generation) const;
  /// Records that are on their way.
  std::size_t unfinished() const noexcept { return m_unfinished; }
  std::size_t unfinished(generation_id generation) const;
  /// Nothing more of the generation will come: it is forgotten as soon as nothing of it is on its
  /// way. One that is not known is none.
  void drop(generation_id generation);
  /// Generations that are not forgotten.
  std::size_t generations() const noexcept { return m_accounts.size(); }

private:
  struct entry {
    batch_id id;
    std::uint64_t end;
    std::size_t left;
  };
  struct account {
    std::uint64_t position;
    std::deque<entry> entries;
    bool dropped = false;
  };
  std::unordered_map<generation_id, account> m_accounts;
  batch_id m_next = 0;
  std::size_t m_unfinished = 0;
};

}  // namespace logpipe::ship
