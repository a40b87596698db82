#include <logpipe/ship/lane.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::ship {
namespace {

constexpr milliseconds first_rest{250};

bool before(const pending_record& a, const pending_record& b) {
  return a.from != b.from ? a.from->of->id < b.from->of->id : a.line.data() < b.line.data();
}

bool blames_the_record(kafka::failure kind) {
  return kind == kafka::failure::too_large || kind == kafka::failure::invalid;
}

}  // namespace

void lane::send(kafka::record_sender& sender, batch& from, std::span<const std::string_view> lines,
                std::vector<refused_record>& refused) {
  if (flowing()) {
    hand_over(sender, from, lines, refused);
  } else {
    for (const std::string_view line : lines) {
      m_queued.push_back({&from, line});
    }
  }
}

void lane::send(kafka::record_sender& sender, batch& from,
                std::span<const kafka::outgoing_record* const> records,
                std::vector<refused_record>& refused) {
  if (flowing()) {
    hand_over(sender, from, records, refused);
  } else {
    for (const auto* record : records) {
      m_queued.push_back({&from, from.of->line_of(*record), record});
    }
  }
}

void lane::hand_over(kafka::record_sender& sender, batch& from,
                     std::span<const std::string_view> lines,
                     std::vector<refused_record>& refused) {
  m_in_flight += sender.send(m_to, lines, from.of->content.key, &from, m_refusals);
  for (const auto& [index, error] : m_refusals) {
    not_taken({&from, lines[index]}, error, refused);
  }
}

void lane::hand_over(kafka::record_sender& sender, batch& from,
                     std::span<const kafka::outgoing_record* const> records,
                     std::vector<refused_record>& refused) {
  m_in_flight += sender.send(m_to, records, m_refusals);
  for (const auto& [index, error] : m_refusals) {
    not_taken({&from, from.of->line_of(*records[index]), records[index]}, error, refused);
  }
}

/// The sender looks at each record by itself: one that it finds too large is.
void lane::not_taken(const pending_record& record, kafka::error_code error,
                     std::vector<refused_record>& refused) {
  if (kafka::classify(error) == kafka::failure::too_large) {
    refused.push_back({record, error});
  } else {
    keep(record, error);
  }
}

void lane::delivered(std::size_t count) {
  m_in_flight -= count;
}

void lane::failed(const pending_record& record, kafka::error_code error,
                  std::vector<refused_record>& refused) {
  --m_in_flight;
  if (m_alone && hands_out(error)) {
    refused.push_back({record, error});
  } else {
    keep(record, error);
  }
}

bool lane::hands_out(kafka::error_code error) const noexcept {
  const auto kind = kafka::classify(error);
  return kind == kafka::failure::too_large ||
         (kind == kafka::failure::invalid && m_hands_out_invalid);
}

void lane::keep(const pending_record& record, kafka::error_code error) {
  const bool blamed = blames_the_record(kafka::classify(error));
  if (m_state == state::flowing) m_state = state::draining;
  if (m_state == state::resending && (m_alone || !blamed)) m_rest_wanted = true;
  if (blamed) m_one_by_one = true;
  m_trouble = error;
  m_failed.push_back(record);
  m_unsorted = true;
}

void lane::hold() noexcept {
  if (m_state == state::flowing) m_state = state::draining;
}

void lane::advance(kafka::record_sender& sender, time_point now,
                   std::vector<refused_record>& refused) {
  if (m_state == state::resting && now >= m_rest_until) m_state = state::resending;
  while (m_in_flight == 0 && (m_state == state::draining || m_state == state::resending)) {
    if (std::exchange(m_unsorted, false)) std::sort(m_failed.begin(), m_failed.end(), before);
    m_state = state::resending;
    if (m_rest_wanted) {
      m_rest_wanted = false;
      m_rest = std::clamp(m_rest * 2, first_rest, longest_rest());
      m_rest_until = now + m_rest;
      m_state = state::resting;
    } else if (m_failed.empty()) {
      release_queue(sender, refused);
    } else {
      resend(sender, refused);
    }
  }
}

/// A topic that is made again is to be noticed soon, and to ask costs no broker anything. A record
/// that its topic refuses makes librdkafka stop all partitions for a moment each time.
milliseconds lane::longest_rest() const noexcept {
  switch (kafka::classify(m_trouble)) {
    case kafka::failure::missing:
      return milliseconds(1000);
    case kafka::failure::invalid:
      return milliseconds(60'000);
    default:
      return milliseconds(5000);
  }
}

void lane::resend(kafka::record_sender& sender, std::vector<refused_record>& refused) {
  std::deque<pending_record> now;
  m_alone = m_one_by_one;
  if (m_alone) {
    now.push_back(m_failed.front());
    m_failed.pop_front();
  } else {
    now.swap(m_failed);
  }
  m_sent_again += now.size();
  hand_over_all(sender, now, refused);
}

void lane::release_queue(kafka::record_sender& sender, std::vector<refused_record>& refused) {
  m_one_by_one = m_alone = false;
  m_trouble = 0;
  m_rest = milliseconds(0);
  m_state = state::flowing;
  hand_over_all(sender, m_queued, refused);
}

/// Sends runs of one batch together. Stops, the rest kept, when a released queue meets a failure.
void lane::hand_over_all(kafka::record_sender& sender, std::deque<pending_record>& records,
                         std::vector<refused_record>& refused) {
  const state as_begun = m_state;
  while (!records.empty() && m_state == as_begun) {
    batch& from = *records.front().from;
    m_lines.clear();
    m_records.clear();
    while (!records.empty() && records.front().from == &from) {
      const pending_record& next = records.front();
      if (next.full == nullptr) {
        m_lines.push_back(next.line);
      } else {
        m_records.push_back(next.full);
      }
      records.pop_front();
    }
    if (!m_lines.empty()) hand_over(sender, from, m_lines, refused);
    if (!m_records.empty()) hand_over(sender, from, m_records, refused);
  }
}

std::optional<time_point> lane::next_try() const noexcept {
  if (m_state != state::resting) return std::nullopt;
  return m_rest_until;
}

}  // namespace logpipe::ship
