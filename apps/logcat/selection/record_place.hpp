#pragma once

#include <cstdint>
#include <string_view>

namespace logpipe::logcat {

/// Where one record stands in its topic.
struct record_place {
  std::int32_t partition = 0;
  std::int64_t offset = 0;

  bool operator==(const record_place&) const = default;
};

/// "3:1500", as --at takes it. Throws usage_error.
record_place parse_record_place(std::string_view text);

}  // namespace logpipe::logcat
