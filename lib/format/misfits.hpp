#pragma once

#include <logpipe/base/record.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logpipe::format {

/// The keys and values that did not fit their packing, and were printed as the bytes that they are.
struct misfits {
  struct place {
    /// "key" or "value".
    std::string_view field;
    std::size_t bytes = 0;
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t offset = 0;
  };
  std::optional<place> first;
  std::int64_t count = 0;

  void note(const record& of, std::string_view field, std::size_t bytes) {
    if (count++ == 0) {
      first = place{field, bytes, std::string(of.topic), of.partition, of.offset};
    }
  }
};

}  // namespace logpipe::format
