#include "record_merge.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace logpipe::logcat {
namespace {

// A broker that is slow, or fails over to another, is back by then.
constexpr std::int64_t patience_with_a_broker = 10000;

}  // namespace

record_merge::record_merge(milliseconds wait) : m_wait(wait.count()) {}

void record_merge::add(reading& part) {
  m_lanes.emplace_back().part = &part;
  sort_lanes();
}

// Lanes' numbers say which comes first at the same time; a new one moves those behind it.
void record_merge::sort_lanes() {
  std::sort(m_lanes.begin(), m_lanes.end(), [](const lane& a, const lane& b) {
    return std::tie(a.part->topic, a.part->partition) < std::tie(b.part->topic, b.part->partition);
  });
  m_heads.clear();
  m_empty.clear();
  m_gate = gate::closed;
  for (std::size_t i = 0; i < m_lanes.size(); ++i) {
    const auto& records = m_lanes[i].records;
    if (m_lanes[i].finished) continue;
    if (records.empty()) {
      m_empty.push_back(i);
    } else {
      m_heads.add({records.front().timestamp, i});
    }
  }
}

void record_merge::give(std::size_t number, std::span<const record> records, std::int64_t now) {
  auto& to = m_lanes[number];
  to.records = records;
  to.given_at = now;
  to.missed_since.reset();
  to.given_up = false;
  to.part->held = true;
  std::erase(m_empty, number);
  m_heads.add({records.front().timestamp, number});
}

void record_merge::drop(std::size_t number) {
  m_lanes[number].records = {};
  m_lanes[number].part->held = false;
  sort_lanes();
}

void record_merge::look(std::int64_t now) {
  m_pause.reset();
  m_gate = look_at_empty(now);
  if (m_gate == gate::held_back) hold_back(now);
}

record_merge::gate record_merge::look_at_empty(std::int64_t now) {
  std::erase_if(m_empty, [&](std::size_t number) {
    if (!part(number).done()) return false;
    finish(m_lanes[number]);
    return true;
  });
  gate all = gate::open;
  for (const std::size_t number : m_empty) {
    all = std::max(all, look_at_missing(m_lanes[number], now));
  }
  return all;
}

record_merge::gate record_merge::look_at_missing(lane& each, std::int64_t now) {
  if (each.part->end != no_end) return gate::closed;
  if (each.part->caught_up() || each.part->stopped || each.given_up) return gate::held_back;
  if (!each.missed_since) each.missed_since = now;
  const std::int64_t until = *each.missed_since + std::max(patience_with_a_broker, m_wait);
  if (now >= until) {
    each.given_up = true;
    return gate::held_back;
  }
  wait_at_most(until - now);
  return gate::closed;
}

// A record is due when `m_wait` has passed since its time. What stands before one that is due must
// go with it, though it was made on a machine whose clock is slower.
void record_merge::hold_back(std::int64_t now) {
  m_limit = now - m_wait;
  for (const auto& [timestamp, number] : m_heads.all()) {
    lane& from = m_lanes[number];
    from.ahead = std::max(from.ahead, timestamp - from.given_at);
    const std::int64_t due = now - m_wait + from.ahead;
    if (timestamp <= due) {
      m_limit = std::max(m_limit, std::min(due, from.records.back().timestamp));
    } else {
      wait_at_most(timestamp - due);
    }
  }
}

void record_merge::finish(lane& each) {
  each.finished = true;
  each.records = {};
  each.part->held = false;
  m_done.push_back(each.part);
}

void record_merge::wait_at_most(std::int64_t time) noexcept {
  const milliseconds most(time);
  if (!m_pause || most < *m_pause) m_pause = most;
}

record_merge::run record_merge::next() {
  if (m_gate == gate::closed) return {};
  while (!m_heads.empty()) {
    const auto first = m_heads.first();
    lane& from = m_lanes[first.lane];
    if (from.part->done()) {  // the rest of it is not wanted
      m_heads.remove_first();
      finish(from);
      continue;
    }
    if (m_gate == gate::held_back && first.timestamp > m_limit) return {};
    const run given{from.part, from.records.first(length_of_run(from, m_heads.second()))};
    from.records = from.records.subspan(given.records.size());
    if (!from.records.empty()) {
      m_heads.replace_first(from.records.front().timestamp);
      return given;
    }
    from.part->held = false;
    m_heads.remove_first();
    m_empty.push_back(first.lane);
    m_gate = gate::closed;
    return given;
  }
  return {};
}

// Hot path: for as long as the lane's next record stands before the first of all others.
std::size_t record_merge::length_of_run(lane& from, const lane_head* bound) {
  constexpr auto latest = std::numeric_limits<std::int64_t>::max();
  const auto number = static_cast<std::size_t>(&from - m_lanes.data());
  // The last time at which this lane is first.
  std::int64_t last = bound == nullptr       ? latest
                      : number < bound->lane ? bound->timestamp
                                             : bound->timestamp - 1;
  if (m_gate == gate::held_back) last = std::min(last, m_limit);
  std::int64_t youngest = m_youngest;
  std::int64_t own = from.youngest;
  std::size_t length = 0;
  do {
    const record& each = from.records[length];
    if (each.timestamp >= youngest) {
      youngest = each.timestamp;
    } else if (each.timestamp >= 0) {
      note(each, youngest, each.timestamp < own);
    }
    own = std::max(own, each.timestamp);
    ++length;
  } while (length < from.records.size() && from.records[length].timestamp <= last);
  m_youngest = youngest;
  from.youngest = own;
  return length;
}

void record_merge::note(const record& record, std::int64_t youngest, bool unordered) {
  auto& first = unordered ? m_unordered : m_late;
  if (first) return;
  first = straggler{std::string(record.topic), record.partition, record.offset,
                    milliseconds(youngest - record.timestamp), unordered};
}

std::optional<straggler> record_merge::take_straggler() {
  if (m_late && !std::exchange(m_late_taken, true)) return m_late;
  if (m_unordered && !std::exchange(m_unordered_taken, true)) return m_unordered;
  return std::nullopt;
}

}  // namespace logpipe::logcat
