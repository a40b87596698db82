#pragma once

#include <stdexcept>

namespace logpipe::app {

/// What the tools end with. Where several are true, the first of usage, owned, interrupted or
/// terminated, failed, incomplete, unmet counts.
enum class exit_code : int {
  success = 0,
  /// Input, output, authorization, a refused record, a line known to be lost.
  failed = 1,
  /// Command line, configuration or state file; nothing was touched.
  usage = 2,
  /// A time limit passed, or no broker was reached within it; some work is left.
  incomplete = 3,
  /// The answer is no: there is no such record, or what was asked about is over the limit that was
  /// given.
  unmet = 4,
  /// Another process owns the same state.
  owned = 5,
  interrupted = 130,
  terminated = 143,
};

/// The stronger of two, by the order above.
exit_code worse(exit_code a, exit_code b) noexcept;

/// The command line or the configuration is wrong. The text says what, where and what to write
/// instead, on one line.
class usage_error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

}  // namespace logpipe::app
