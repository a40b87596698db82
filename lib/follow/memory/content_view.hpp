#pragma once

#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/memory/memory.hpp>

#include <string>
#include <string_view>

namespace logpipe::follow {

/// What an open file holds, as far as it takes to know it again.
class content_view {
public:
  /// The descriptor outlives it. Throws std::system_error when the file cannot be read.
  explicit content_view(int descriptor);

  /// The first bytes, up to fingerprint::capacity.
  std::string_view head() const noexcept { return m_head; }
  /// For the memory, good for as long as this is; `log` and `inode_at_log` as in shown_file.
  shown_file shown(const identity& file, std::string log, std::uint64_t inode_at_log) const;

private:
  int m_descriptor;
  std::string m_head;
};

}  // namespace logpipe::follow
