#pragma once

#include <string>
#include <utility>

namespace logpipe {

/// Owns a file descriptor and closes it. Empty when default made or moved from.
/// Not shared between threads without the caller's own locking.
class fd {
public:
  fd() noexcept = default;
  explicit fd(int number) noexcept : m_number(number) {}
  fd(fd&& other) noexcept : m_number(other.release()) {}
  fd& operator=(fd&& other) noexcept;
  ~fd() { reset(); }

  explicit operator bool() const noexcept { return m_number >= 0; }
  /// The number, or -1 when empty. Still owned by this object.
  int get() const noexcept { return m_number; }
  /// Gives the number away; the caller closes it.
  int release() noexcept { return std::exchange(m_number, -1); }
  /// Closes what is held. An error of close(2) is dropped: nothing that is written here is trusted
  /// to be on disk because of a close.
  void reset() noexcept;

private:
  int m_number = -1;
};

/// Throws std::system_error for the errno of a failed call, with `what` before its text.
[[noreturn]] void throw_errno(const std::string& what);
[[noreturn]] void throw_errno(int error, const std::string& what);

}  // namespace logpipe
