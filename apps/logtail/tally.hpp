#pragma once

#include <logpipe/follow/event.hpp>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

namespace logpipe::logtail {

/// Counts what the follower tells and nobody else keeps.
class tally {
public:
  void note(const follow::event& event);

  /// Bytes that are known to be lost: cut or let go before they were read, or passed over.
  std::uint64_t lost_bytes() const noexcept { return m_lost_bytes; }
  /// Files that cannot be read now.
  std::size_t unreadable() const noexcept { return m_unreadable.size(); }

private:
  std::uint64_t m_lost_bytes = 0;
  std::set<std::string> m_unreadable;
};

}  // namespace logpipe::logtail
