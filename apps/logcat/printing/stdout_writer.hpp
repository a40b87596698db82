#pragma once

#include <logpipe/base/fd.hpp>

#include <string>
#include <string_view>

namespace logpipe::logcat {

/// Writes to stdout without ever standing still in write(2), so that signals and time limits are
/// kept while a reader is slow.
///
/// O_NONBLOCK on a shared description would change it for the terminal's other users too. So a pipe
/// or terminal is opened anew (a description of our own); where that is not allowed (another user's
/// pipe after sudo), no more is written than what poll(2) says has room.
class stdout_writer {
public:
  /// Throws std::system_error when `descriptor` is not open. Make it before any other descriptor:
  /// with stdout closed, the next one opened would be taken for it.
  /// `name`: for messages.
  explicit stdout_writer(int descriptor, std::string name = "stdout");

  enum class outcome {
    written,
    /// The reader has gone.
    closed,
    /// The rest has to wait until descriptor() is writable.
    blocked,
  };
  /// Takes from the front of `rest` what is written. Throws std::system_error, on a full disk too.
  outcome write(std::string_view& rest) const;

  /// To poll: POLLOUT ends `blocked`; POLLERR says at any time that the reader has gone.
  int descriptor() const noexcept { return m_own ? m_own.get() : m_descriptor; }
  bool is_terminal() const noexcept { return m_terminal; }

private:
  int m_descriptor;
  std::string m_name;
  fd m_own;
  bool m_may_block = false;
  bool m_terminal = false;
};

}  // namespace logpipe::logcat
