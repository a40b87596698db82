#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace logpipe {

/// A Kafka record's bytes that may be absent: a null key or value is not an empty one.
using bytes = std::optional<std::string_view>;

struct header {
  std::string_view name;
  bytes value;
};

enum class timestamp_kind : std::uint8_t { none, create, append };

/// One Kafka record as it is read. All views belong to whoever handed the record out and are valid
/// as long as its contract says.
struct record {
  std::string_view topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  /// Milliseconds since the epoch; -1 when `kind` is none.
  std::int64_t timestamp = -1;
  timestamp_kind kind = timestamp_kind::none;
  bytes key;
  bytes value;
  std::span<const header> headers;
  /// The broker that it was fetched from; -1 where nobody asked.
  std::int32_t broker = -1;
};

}  // namespace logpipe
