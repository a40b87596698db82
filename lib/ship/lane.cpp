#include <logpipe/ship/lane.hpp>

#include <algorithm>

namespace logpipe::ship {
namespace {

constexpr milliseconds first_rest{250};
constexpr milliseconds longest_rest{5000};

bool before(const pending_record& a, const pending_record& b) {
  return a.from != b.from ? a.from->id < b.from->id : a.line.data() < b.line.data();
}

bool blames_the_record(kafka::failure kind) {
  return kind == kafka::failure::too_large || kind == kafka::failure::invalid;
}

}  // namespace

void lane::send(kafka::record_sender& sender, batch& from, std::span<const std::string_view> lines,
                std::vector<pending_record>& passed_over) {
  if (flowing()) {
    hand_over(sender, from, lines, passed_over);
  } else {
    for (const std::string_view line : lines) {
      m_queued.push_back({&from, line});
    }
  }
}

void lane::hand_over(kafka::record_sender& sender, batch& from,
                     std::span<const std::string_view> lines,
                     std::vector<pending_record>& passed_over) {
  m_in_flight += sender.send(m_partition, lines, m_key, &from, m_refusals);
  for (const auto& [index, error] : m_refusals) {
    // The sender looks at each record by itself: one that it finds too large is.
    if (kafka::classify(error) == kafka::failure::too_large) {
      passed_over.push_back({&from, lines[index]});
    } else {
      keep(from, lines[index], error);
    }
  }
}

void lane::delivered(std::size_t count) {
  m_in_flight -= count;
}

verdict lane::failed(batch& from, std::string_view line, kafka::error_code error) {
  --m_in_flight;
  if (m_alone && kafka::classify(error) == kafka::failure::too_large) return verdict::passed_over;
  keep(from, line, error);
  return verdict::again;
}

void lane::keep(batch& from, std::string_view line, kafka::error_code error) {
  const bool blamed = blames_the_record(kafka::classify(error));
  if (m_state == state::flowing) m_state = state::draining;
  if (m_state == state::resending && (m_alone || !blamed)) m_rest_wanted = true;
  if (blamed) m_one_by_one = true;
  m_trouble = error;
  m_failed.push_back({&from, line});
}

void lane::hold() noexcept {
  if (m_state == state::flowing) m_state = state::draining;
}

void lane::advance(kafka::record_sender& sender, time_point now,
                   std::vector<pending_record>& passed_over) {
  if (m_state == state::resting && now >= m_rest_until) m_state = state::resending;
  while (m_in_flight == 0 && (m_state == state::draining || m_state == state::resending)) {
    std::sort(m_failed.begin(), m_failed.end(), before);
    m_state = state::resending;
    if (m_rest_wanted) {
      m_rest_wanted = false;
      m_rest = std::clamp(m_rest * 2, first_rest, longest_rest);
      m_rest_until = now + m_rest;
      m_state = state::resting;
    } else if (m_failed.empty()) {
      release_queue(sender, passed_over);
    } else {
      resend(sender, passed_over);
    }
  }
}

void lane::resend(kafka::record_sender& sender, std::vector<pending_record>& passed_over) {
  std::deque<pending_record> now;
  m_alone = m_one_by_one;
  if (m_alone) {
    now.push_back(m_failed.front());
    m_failed.pop_front();
  } else {
    now.swap(m_failed);
  }
  hand_over_all(sender, now, passed_over);
}

void lane::release_queue(kafka::record_sender& sender, std::vector<pending_record>& passed_over) {
  m_one_by_one = m_alone = false;
  m_trouble = 0;
  m_rest = milliseconds(0);
  m_state = state::flowing;
  hand_over_all(sender, m_queued, passed_over);
}

/// Sends runs of one batch together. Stops, the rest kept, when a released queue meets a failure.
void lane::hand_over_all(kafka::record_sender& sender, std::deque<pending_record>& records,
                         std::vector<pending_record>& passed_over) {
  const state as_begun = m_state;
  while (!records.empty() && m_state == as_begun) {
    batch& from = *records.front().from;
    m_group.clear();
    while (!records.empty() && records.front().from == &from) {
      m_group.push_back(records.front().line);
      records.pop_front();
    }
    hand_over(sender, from, m_group, passed_over);
  }
}

std::optional<time_point> lane::next_try() const noexcept {
  if (m_state != state::resting) return std::nullopt;
  return m_rest_until;
}

}  // namespace logpipe::ship
