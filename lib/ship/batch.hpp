#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/ship/ledger.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace logpipe::ship {

/// One chunk on its way: it keeps the bytes that the records point into until the last of them is
/// done with. Its address is the tag of its records.
struct batch {
  follow::source_id source;
  generation_id generation;
  ledger::batch_id id;
  std::int32_t partition;
  std::shared_ptr<char[]> memory;
  /// Offset in the generation of memory[0], bytes.
  std::uint64_t base;
  /// Records that are not done with.
  std::size_t left;
  /// What it counts against the bound on memory, bytes.
  std::size_t cost;

  std::uint64_t offset_of(std::string_view line) const noexcept {
    return base + static_cast<std::uint64_t>(line.data() - memory.get());
  }
};

/// A record that waits to be sent (again).
struct pending_record {
  batch* from;
  std::string_view line;
};

}  // namespace logpipe::ship
