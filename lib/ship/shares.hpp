#pragma once

#include <logpipe/base/clock.hpp>

#include <cstddef>
#include <optional>

namespace logpipe::ship {

/// How the partitions share the memory for what is read and not acknowledged.
///
/// Each may take up to a third of what is free. So one that does not move ends with a quarter of
/// the memory, and however many there are, something is left for the others: n of them take n of
/// n + 3 parts. One that was alone for a second may take up to three times what is free, which is
/// three quarters; when others come, they get what is freed before it does. (This is what switches
/// do with a buffer that is shared by their ports: dynamic thresholds, Choudhury and Hahne 1998.)
///
/// A share is an outlet, or whatever a test takes for one.
class shares {
public:
  /// `memory` in bytes.
  explicit shares(std::size_t memory) : m_memory(memory) {}

  void take(std::size_t& taken, std::size_t cost) noexcept;
  void give_back(std::size_t& taken, std::size_t cost) noexcept;
  /// `share` has something to send, now.
  void used(const void* share, time_point now) noexcept;

  bool has_room() const noexcept { return m_taken < m_memory; }
  std::size_t taken() const noexcept { return m_taken; }
  /// Up to where `share` may take, bytes.
  std::size_t limit(const void* share, time_point now) const noexcept;
  /// When a limit will change because a share has been alone for long enough.
  std::optional<time_point> next_change(time_point now) const noexcept;

private:
  bool alone(const void* share, time_point now) const noexcept;

  std::size_t m_memory;
  std::size_t m_taken = 0;
  const void* m_last = nullptr;
  std::optional<time_point> m_last_used;
  /// When another than m_last was used last.
  std::optional<time_point> m_other_used;
};

}  // namespace logpipe::ship
