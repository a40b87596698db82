#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/delivery.hpp>
#include <logpipe/ship/batch.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace logpipe::ship {

/// What a lane has to say of a record that failed.
enum class verdict {
  /// It will be sent again.
  again,
  /// It was alone and is too large for its topic: it is passed over.
  passed_over,
};

/// The way to one partition, which keeps its records in order when some of them fail.
///
///   flowing    records go straight to the sender
///   draining   one has failed: nothing more is sent until what is in flight has been reported
///   resending  the failed are sent again in their order: one by one when a broker found their
///   batch
///              too large or a record invalid (it refuses the batch as a whole, librdkafka does not
///              split it), else all at once
///   resting    sending again has failed for a reason that is not the record's; tried again later
///
/// What arrives meanwhile waits behind them. Nothing here decides that a record is lost, but for
/// one that is too large by itself.
class lane {
public:
  lane(std::int32_t partition, bytes key) : m_partition(partition), m_key(key) {}

  /// Sends `lines` of `from`, or keeps them until the lane flows again. The sender's refusals are
  /// taken as failures; those of records that can never be sent are added to `passed_over`.
  void send(kafka::record_sender& sender, batch& from, std::span<const std::string_view> lines,
            std::vector<pending_record>& passed_over);

  void delivered(std::size_t count);
  verdict failed(batch& from, std::string_view line, kafka::error_code error);
  /// Sends nothing more until advance(): what comes waits.
  void hold() noexcept;
  /// The sender is a new one, made for smaller batches: what has failed may be sent together.
  void sender_refitted() noexcept { m_one_by_one = false; }

  /// Goes on where it can. Call after reports were served, and at next_try().
  void advance(kafka::record_sender& sender, time_point now,
               std::vector<pending_record>& passed_over);

  bool flowing() const noexcept { return m_state == state::flowing; }
  bool resending() const noexcept { return m_state == state::resending; }
  /// When advance() has something to do that no report announces.
  std::optional<time_point> next_try() const noexcept;
  /// The error that stopped the lane and has not been overcome; 0 when there is none.
  kafka::error_code trouble() const noexcept { return m_trouble; }
  /// Records that are kept here because they failed or wait behind such.
  std::size_t waiting() const noexcept { return m_failed.size() + m_queued.size(); }

private:
  enum class state { flowing, draining, resending, resting };

  void hand_over(kafka::record_sender& sender, batch& from, std::span<const std::string_view> lines,
                 std::vector<pending_record>& passed_over);
  void keep(batch& from, std::string_view line, kafka::error_code error);
  void resend(kafka::record_sender& sender, std::vector<pending_record>& passed_over);
  void release_queue(kafka::record_sender& sender, std::vector<pending_record>& passed_over);
  void hand_over_all(kafka::record_sender& sender, std::deque<pending_record>& records,
                     std::vector<pending_record>& passed_over);

  std::int32_t m_partition;
  bytes m_key;
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
  std::deque<pending_record> m_failed;
  std::deque<pending_record> m_queued;
  std::vector<kafka::refusal> m_refusals;
  std::vector<std::string_view> m_group;
};

}  // namespace logpipe::ship
