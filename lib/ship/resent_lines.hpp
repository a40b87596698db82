#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/event.hpp>
#include <logpipe/follow/memory/kept_generation.hpp>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace logpipe::ship {

/// Knows up to where an earlier run may have sent lines that it did not see acknowledged, and
/// counts them when they are sent again.
class resent_lines {
public:
  explicit resent_lines(const std::vector<follow::kept_generation>& kept);

  /// A generation is read again. Gives the end of what may have been sent of it, 0 where all of
  /// that was acknowledged.
  std::uint64_t begin(const follow::generation_begun& what);
  /// How many lines of the chunk, which is about to be sent, may be there twice then.
  std::uint64_t count(const follow::chunk& chunk);

private:
  /// Of what was kept: up to where it was sent, if that is beyond what was acknowledged.
  std::unordered_map<follow::kept_id, std::uint64_t> m_sent;
  /// The same for what is being read, until that is passed.
  std::unordered_map<follow::generation_id, std::uint64_t> m_until;
};

}  // namespace logpipe::ship
