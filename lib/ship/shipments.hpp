#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/ship/ledger.hpp>
#include <logpipe/ship/parcel.hpp>
#include <logpipe/ship/shares.hpp>
#include <logpipe/ship/shipment.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <vector>

namespace logpipe::ship {

/// What is on its way: keeps the memory of parcels until all their records are done with, counts it
/// against the bound, and moves the positions.
class shipments {
public:
  /// `memory` outlives it.
  explicit shipments(shares& memory, ledger::moves how = ledger::moves::ignored)
      : m_memory(memory), m_ledger(how) {}

  /// Takes what the parcel holds, but the vector of its chunk's lines where these go as they are.
  /// Nothing when it has no lines: its range is then done with, in its turn.
  shipment* keep(parcel& content, time_point now);
  /// All its lines, as many as that, go to one partition as they are.
  batch& add_batch(shipment& to, outlet& where, std::size_t lines);
  /// Some of its full records go to one partition; gives them their tag.
  batch& add_batch(shipment& to, outlet& where,
                   const std::vector<kafka::outgoing_record*>& records);
  /// `records` of the batch are acknowledged, or passed over for good.
  void finish(batch& of, std::size_t records);

  ledger& positions() noexcept { return m_ledger; }
  const ledger& positions() const noexcept { return m_ledger; }
  /// See ledger::drop().
  void drop(follow::generation_id generation) { m_ledger.drop(generation); }
  /// When the oldest of them was handed over.
  std::optional<time_point> oldest() const;
  /// Bytes of the generations that shipments which are done with covered.
  std::uint64_t bytes_finished() const noexcept { return m_bytes_finished; }
  /// The same of those that are not done with.
  std::uint64_t bytes_unfinished() const noexcept { return m_bytes_unfinished; }

private:
  batch& add(shipment& to, outlet& where, std::size_t records, std::size_t cost);
  void pass_on_cost(shipment& of);
  void let_go(shipment& done);

  shares& m_memory;
  ledger m_ledger;
  std::list<shipment> m_shipments;  // oldest first
  std::uint64_t m_bytes_finished = 0;
  std::uint64_t m_bytes_unfinished = 0;
};

}  // namespace logpipe::ship
