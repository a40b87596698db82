#pragma once

#include <logpipe/base/output.hpp>

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::format {

/// The first conversion in a strftime pattern that neither strftime nor we (%3N) know, "%Q" for
/// instance; nothing when all are known.
std::optional<std::string> first_bad_conversion(std::string_view pattern);

/// Prints points in time in local time (TZ) by a strftime pattern; %3N is the milliseconds. The
/// text of the last second is kept, as records come in runs of one second. Not thread-safe.
class time_text {
public:
  explicit time_text(std::string_view pattern);

  /// `timestamp` in milliseconds since the epoch, before it too.
  void append(output_buffer& out, std::int64_t timestamp);

private:
  /// Stretches of the pattern; the milliseconds stand between two of them.
  std::vector<std::string> m_patterns;
  std::vector<std::string> m_texts;
  std::optional<std::int64_t> m_second;

  void expand(std::int64_t second);
};

}  // namespace logpipe::format
