#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/identity.hpp>

#include <cstdint>
#include <map>
#include <optional>

namespace logpipe::follow {

/// Which source reads which file: once, whatever names lead to it, and however it is moved from one
/// source's path to another's.
class claims {
public:
  /// Makes the file `source`'s own. The offset where reading begins: 0, or where the source left
  /// off that had it before; nothing while another one has it.
  std::optional<std::uint64_t> claim(const identity& file, source_id source);
  /// `source` has read the file up to `offset` and lets it go.
  void release(const identity& file, std::uint64_t offset);

private:
  struct entry {
    std::optional<source_id> owner;
    /// Another source has asked for it: the offset is kept for that one.
    bool wanted = false;
    std::uint64_t offset = 0;
  };
  std::map<identity, entry> m_entries;
};

}  // namespace logpipe::follow
