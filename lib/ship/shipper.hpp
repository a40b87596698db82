#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/kafka/delivery.hpp>
#include <logpipe/ship/batch.hpp>
#include <logpipe/ship/event.hpp>
#include <logpipe/ship/lane.hpp>
#include <logpipe/ship/ledger.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace logpipe::ship {

/// Takes chunks of lines, sends them as records, and knows what has been acknowledged. Each chunk
/// goes to one partition and reports as one batch, so that what a line costs here is two stores and
/// a comparison. Nothing is dropped but records that are too large, which are told.
///
/// For one thread: while has_room(), ship(); serve() whenever the sender's wake_fd() is readable or
/// next_try() has come.
class shipper : private kafka::delivery_sink {
public:
  struct options {
    /// Bound on what is read and not acknowledged, bytes; each record counts with
    /// `record_overhead` on top. One chunk may overshoot it.
    std::size_t memory = std::size_t{32} << 20;
    /// Key of every record; must outlive the shipper.
    bytes key;
  };
  /// What librdkafka needs for a record beside its bytes (measured).
  static constexpr std::size_t record_overhead = 200;

  /// Makes a sender that fits what the topic takes now; called at the start, when one has become
  /// unusable, and when a batch was too large for the topic.
  using sender_factory = std::function<std::unique_ptr<kafka::record_sender>()>;
  /// Called from within ship() and serve(), on their thread; must not call back.
  using observer = std::function<void(const event&)>;

  shipper(options how, sender_factory make_sender, observer tell);

  /// False at the bound on memory: serve() before more is read.
  bool has_room() const noexcept { return m_cost < m_options.memory; }
  /// Sends the chunk's lines to `partition`; takes its memory, leaves its vector.
  void ship(follow::chunk& chunk, std::int32_t partition);
  /// Takes reports, waiting up to `wait` for the first, and goes on with what has failed. Throws
  /// what the factory throws when a new sender is needed.
  void serve(milliseconds wait, time_point now);
  /// When serve() has something to do that nothing announces.
  std::optional<time_point> next_try() const;
  int wake_fd() const noexcept { return m_sender->wake_fd(); }

  /// All positions: up to where each generation is acknowledged.
  const ledger& acknowledged() const noexcept { return m_ledger; }
  /// Records that are on their way.
  std::size_t unfinished() const noexcept { return m_ledger.unfinished(); }

  struct counters {
    std::uint64_t delivered = 0;
    std::uint64_t passed_over = 0;
  };
  const counters& counted() const noexcept { return m_counters; }

private:
  void delivered(void* tag, std::size_t count) override;
  void failed(void* tag, std::string_view payload, kafka::error_code error) override;
  void heard(const kafka::notice& notice) override;

  lane& lane_of(std::int32_t partition);
  void finish(batch& of, std::size_t records);
  void pass_over(const pending_record& record);
  void advance(std::int32_t partition, time_point now);
  void replace_sender();
  bool refit_sender(time_point now);

  options m_options;
  sender_factory m_make_sender;
  observer m_tell;
  ledger m_ledger;
  std::unordered_map<batch*, std::unique_ptr<batch>> m_batches;
  std::vector<std::optional<lane>> m_lanes;
  std::vector<bool> m_held;
  std::vector<pending_record> m_passed_over;
  std::size_t m_cost = 0;
  counters m_counters;
  std::string m_fatal;  // why the sender cannot be used any more; empty: it can
  /// A batch of several records was too large: the sender was made for larger ones than the topic
  /// takes by now. When what it still holds is taken back next.
  std::optional<time_point> m_outdated;
  const batch* m_last_refused = nullptr;
  // Last: its end reports nothing, but librdkafka reads the batches' memory until then.
  std::unique_ptr<kafka::record_sender> m_sender;
};

}  // namespace logpipe::ship
