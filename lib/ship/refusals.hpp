#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/kafka/error.hpp>
#include <logpipe/ship/lane.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace logpipe::ship {

/// A record that its topic refuses for good, as it would have been sent. Its views are valid in the
/// call that gives it.
struct rejected_record {
  follow::source_id source;
  follow::generation_id generation;
  /// Of its line in the generation, bytes.
  std::uint64_t offset;
  std::size_t size;
  std::string_view topic;
  std::int32_t partition;
  /// Milliseconds since the epoch; -1: it had none yet.
  std::int64_t timestamp;
  bytes key;
  bytes value;
  std::span<const header> headers;
  kafka::error_code error;
};

/// Keeps such records somewhere else, durably. False: that did not work, and they are offered
/// again later.
using rejected_handler = std::function<bool(std::span<const rejected_record>)>;

/// The records that are refused for good, until it is decided that they are passed over: at once,
/// or once the handler has them. They are offered to it several at a time, so that what makes them
/// durable (an fsync) is not needed for each.
class refusals {
public:
  /// `take` may be null.
  explicit refusals(rejected_handler take) : m_take(std::move(take)) {}

  bool has_handler() const noexcept { return static_cast<bool>(m_take); }
  /// Where records that are refused are added.
  std::vector<refused_record>& undecided() noexcept { return m_undecided; }
  std::size_t waiting() const noexcept { return m_undecided.size(); }
  /// Those that are passed over now.
  std::vector<refused_record> decide(time_point now);
  /// When decide() has something to do.
  std::optional<time_point> due() const noexcept;

private:
  rejected_handler m_take;
  std::vector<refused_record> m_undecided;
  time_point m_next{};
};

rejected_record describe(const refused_record& refused);

}  // namespace logpipe::ship
