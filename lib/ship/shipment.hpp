#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/kafka/delivery.hpp>
#include <logpipe/ship/ledger.hpp>
#include <logpipe/ship/parcel.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <string_view>

namespace logpipe::ship {

struct outlet;
struct shipment;

/// The records of a shipment that go to one partition. Its address is their tag.
struct batch {
  shipment* of;
  outlet* to;
  /// Records that are not done with.
  std::size_t left;
  /// What its records count against the bound on memory beside the shipment's own, bytes.
  std::size_t cost;
};

/// A parcel on its way: it keeps what its records point into until the last of them is done with.
/// Neither it nor its batches move. Mostly it has one batch; records with keys of their own may go
/// to several partitions.
struct shipment {
  parcel content;
  ledger::batch_id id;
  /// When it was handed over.
  time_point since;
  /// What all its batches share counts that much, bytes, for as long as one of them is not done
  /// with; it is on the account of the batch `payer`.
  std::size_t shared_cost;
  batch* payer = nullptr;
  std::list<batch> batches;
  /// Batches that are not done with.
  std::size_t left = 0;
  /// Its place in its owner's list.
  std::list<shipment>::iterator self;

  std::string_view line_of(const kafka::outgoing_record& record) const noexcept {
    return content.chunk.lines[static_cast<std::size_t>(&record - content.records.data())];
  }
};

/// A record that waits: to be sent (again), or for the decision that it is passed over.
struct pending_record {
  batch* from;
  std::string_view line;
  /// Null where the line is sent as it is.
  const kafka::outgoing_record* full = nullptr;

  std::uint64_t offset() const noexcept { return from->of->content.chunk.offset_of(line); }
};

}  // namespace logpipe::ship
