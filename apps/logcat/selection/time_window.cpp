#include "time_window.hpp"

namespace logpipe::logcat {
namespace {

/// A topic of few records shows no late ones in an hour of its time; a busy one has a burst of them
/// in a moment: both have to have passed.
constexpr std::int64_t enough_later = 1000;

}  // namespace

void time_window::pass_later(const record& record) noexcept {
  if (m_first_later < 0) m_first_later = record.offset;
  if (m_later == 0) m_later_since = record.timestamp;
  ++m_later;
  const bool in_order = record.kind == timestamp_kind::append;
  if (in_order ||
      (m_later >= enough_later && record.timestamp - m_later_since >= m_bounds.slack.count())) {
    m_over = true;
  }
}

}  // namespace logpipe::logcat
