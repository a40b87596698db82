#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/delivery.hpp>
#include <logpipe/ship/shipment.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace logpipe::ship {

/// A record that was refused when it was alone, for a reason that will not pass.
struct refused_record {
  pending_record record;
  kafka::error_code error;
};

/// The way to one partition, which keeps its records in order when some of them fail.
///
///   flowing    records go straight to the sender
///   draining   one has failed: nothing more is sent until what is in flight has been reported
///   resending  the failed are sent again in their order: one by one when a broker found their
///              batch too large or a record invalid (it refuses the batch as a whole, librdkafka
///              does not split it), else all at once
///   resting    sending again has failed for a reason that is not the record's; tried again later
///
/// What arrives meanwhile waits behind them. Nothing here decides that a record is lost: those that
/// are refused for good are handed out, and the lane goes on without them.
class lane {
public:
  /// `hands_out_invalid`: an invalid record is refused for good, as one that is too large always
  /// is. Otherwise it holds the lane and is tried again.
  lane(kafka::destination to, bool hands_out_invalid)
      : m_to(to), m_hands_out_invalid(hands_out_invalid) {}

  /// Sends lines of `from` as they are, or keeps them until the lane flows again. What the sender
  /// refuses is taken for a failure; what can never be sent is added to `refused`.
  void send(kafka::record_sender& sender, batch& from, std::span<const std::string_view> lines,
            std::vector<refused_record>& refused);
  /// The same for full records of `from`.
  void send(kafka::record_sender& sender, batch& from,
            std::span<const kafka::outgoing_record* const> records,
            std::vector<refused_record>& refused);

  void delivered(std::size_t count);
  void failed(const pending_record& record, kafka::error_code error,
              std::vector<refused_record>& refused);
  /// Sends nothing more until advance(): what comes waits.
  void hold() noexcept;
  /// The sender is a new one, made for smaller batches: what has failed may be sent together.
  void sender_refitted() noexcept { m_one_by_one = false; }

  /// Goes on where it can. Call after reports were served, and at next_try().
  void advance(kafka::record_sender& sender, time_point now, std::vector<refused_record>& refused);

  bool flowing() const noexcept { return m_state == state::flowing; }
  bool resending() const noexcept { return m_state == state::resending; }
  /// When advance() has something to do that no report announces.
  std::optional<time_point> next_try() const noexcept;
  /// The error that stopped the lane and has not been overcome; 0 when there is none.
  kafka::error_code trouble() const noexcept { return m_trouble; }
  /// Records that are kept here because they failed or wait behind such.
  std::size_t waiting() const noexcept { return m_failed.size() + m_queued.size(); }
  /// Records that were handed to a sender more than once, counted each time.
  std::uint64_t sent_again() const noexcept { return m_sent_again; }

private:
  enum class state { flowing, draining, resending, resting };

  void hand_over(kafka::record_sender& sender, batch& from, std::span<const std::string_view> lines,
                 std::vector<refused_record>& refused);
  void hand_over(kafka::record_sender& sender, batch& from,
                 std::span<const kafka::outgoing_record* const> records,
                 std::vector<refused_record>& refused);
  void not_taken(const pending_record& record, kafka::error_code error,
                 std::vector<refused_record>& refused);
  bool hands_out(kafka::error_code error) const noexcept;
  void keep(const pending_record& record, kafka::error_code error);
  void resend(kafka::record_sender& sender, std::vector<refused_record>& refused);
  void release_queue(kafka::record_sender& sender, std::vector<refused_record>& refused);
  void hand_over_all(kafka::record_sender& sender, std::deque<pending_record>& records,
                     std::vector<refused_record>& refused);
  milliseconds longest_rest() const noexcept;

  kafka::destination m_to;
  bool m_hands_out_invalid;
  state m_state = state::flowing;
  std::size_t m_in_flight = 0;
  /// The failed are to be sent one by one.
  bool m_one_by_one = false;
  /// What is in flight is one record that was sent so.
  bool m_alone = false;
  /// Sending again failed for a reason that asks for a rest.
  bool m_rest_wanted = false;
  milliseconds m_rest{0};
  time_point m_rest_until;
  kafka::error_code m_trouble = 0;
  std::uint64_t m_sent_again = 0;
  std::deque<pending_record> m_failed;
  bool m_unsorted = false;
  std::deque<pending_record> m_queued;
  // Used again by each call.
  std::vector<kafka::refusal> m_refusals;
  std::vector<std::string_view> m_lines;
  std::vector<const kafka::outgoing_record*> m_records;
};

}  // namespace logpipe::ship
