#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/delivery.hpp>
#include <logpipe/ship/destinations.hpp>
#include <logpipe/ship/event.hpp>
#include <logpipe/ship/intake.hpp>
#include <logpipe/ship/parcel.hpp>
#include <logpipe/ship/refusals.hpp>
#include <logpipe/ship/shipments.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::ship {

/// Takes parcels of lines, sends them as records, and knows what has been acknowledged. A chunk
/// whose lines go as they are goes to one partition and reports as one batch, so that what a line
/// costs here is two stores and a comparison. Nothing is dropped but records that their topic
/// refuses for good, which are told.
///
/// For one thread: while has_room(), ship() what comes of sources that may be read (see `reading`);
/// serve() whenever the sender's wake_fd() is readable or next_try() has come.
class shipper : private kafka::delivery_sink {
public:
  struct options {
    /// Bound on what is read and not acknowledged, bytes; each record counts with
    /// 200 on top. One chunk may overshoot it, so chunks should be much smaller.
    std::size_t memory = std::size_t{32} << 20;
    ship::routing routing;
    /// With the path it decides about a source's partition.
    std::string host;
    /// Takes what is refused for good. Without it, records that are too large are passed over, and
    /// those that are refused for another reason hold their partition.
    rejected_handler rejected;
    /// Whether somebody takes the moves of positions().
    ledger::moves moves = ledger::moves::ignored;
  };
  /// Makes a sender that fits what the topics take now; called at the start, when one has become
  /// unusable, and when a batch was refused because of its records. The topics are added here.
  using sender_factory = std::function<std::unique_ptr<kafka::record_sender>()>;
  /// Called from within the calls below, on their thread; must not call back.
  using observer = std::function<void(const event&)>;

  shipper(options how, sender_factory make_sender, observer tell);

  kafka::topic_id add_topic(const std::string& name);
  /// The topic has so many partitions, at least 1. Its sources are not to be read before this was
  /// said first. The number of the first time counts; another one is told.
  void partitions_counted(kafka::topic_id topic, std::int32_t partitions);
  /// All records of the source go to `topic`; `path` is its absolute path. Sources are numbered as
  /// the follower does, and may be added in any order.
  void add_source(follow::source_id source, kafka::topic_id topic, const std::string& path);

  /// False at the bound on memory: serve() before more is read.
  bool has_room() const noexcept { return m_intake.memory().has_room(); }
  /// Sends a parcel of a source whose topic's partitions were counted. Takes what it holds, but the
  /// vector of its chunk's lines where these go as they are.
  void ship(parcel& content, time_point now);
  /// Nothing more of the generation will come; it may be forgotten.
  void finished(follow::generation_id generation) { m_shipments.drop(generation); }
  /// Takes reports, waiting up to `wait` for the first, and goes on with what has failed. Throws
  /// what the factory throws when a new sender is needed.
  void serve(milliseconds wait, time_point now);
  /// When serve() has something to do that nothing announces.
  std::optional<time_point> next_try(time_point now) const;
  int wake_fd() const noexcept { return m_sender->wake_fd(); }

  /// All positions: up to where each generation is acknowledged.
  const ledger& acknowledged() const noexcept { return m_shipments.positions(); }
  /// The same, for whoever keeps them and takes their moves.
  ledger& positions() noexcept { return m_shipments.positions(); }
  /// Records that are on their way.
  std::size_t unfinished() const noexcept { return acknowledged().unfinished(); }

  /// Those of them that wait because their partitions do not take them, or that are refused and
  /// not kept elsewhere yet.
  std::size_t stuck() const;
  /// Records that were acknowledged.
  std::uint64_t delivered_records() const noexcept { return m_counters.delivered; }

  struct counters {
    /// Records that were acknowledged.
    std::uint64_t delivered = 0;
    /// Bytes of the sources, line ends and all, of chunks that are done with.
    std::uint64_t bytes = 0;
    /// Records that were refused for good, decided or not.
    std::uint64_t refused = 0;
    /// Records that were refused for good and left out.
    std::uint64_t passed_over = 0;
    /// Records that were handed to a sender more than once, counted each time.
    std::uint64_t sent_again = 0;
  };
  counters counted() const;
  /// What is read and not acknowledged, as it counts against the bound, bytes.
  std::size_t memory_taken() const noexcept { return m_intake.memory().taken(); }
  /// Bytes of the sources, line ends and all, that are not done with.
  std::uint64_t unfinished_bytes() const noexcept { return m_shipments.bytes_unfinished(); }
  /// When the oldest chunk that is not acknowledged was handed over.
  std::optional<time_point> oldest() const { return m_shipments.oldest(); }
  std::optional<time_point> last_acknowledgement() const noexcept { return m_last_acknowledgement; }

private:
  void delivered(void* tag, std::size_t count) override;
  void failed(void* tag, std::string_view payload, kafka::error_code error) override;
  void failed(const kafka::outgoing_record& record, kafka::error_code error) override;
  void heard(const kafka::notice& notice) override;

  void choose_partitions(const parcel& content, const destination_of_source& going);
  void send_lines(shipment& from, const std::vector<std::string_view>& lines, outlet& to);
  void send_records(shipment& from, topic& to);
  void send_records(shipment& from, outlet& to,
                    const std::vector<kafka::outgoing_record*>& records);
  void sent(outlet& to);
  void report(const pending_record& record, kafka::error_code error);
  void list(outlet& troubled);
  void advance();
  void tell_whether_held(outlet& of);
  void pass_over();
  void replace_sender();
  bool refit_sender();

  sender_factory m_make_sender;
  observer m_tell;
  intake m_intake;
  shipments m_shipments;
  destinations m_destinations;
  refusals m_refusals;
  /// Outlets that do not flow.
  std::vector<outlet*> m_troubled;
  counters m_counters;
  std::optional<time_point> m_last_acknowledgement;
  time_point m_now{};
  std::string m_fatal;  // why the sender cannot be used any more; empty: it can
  /// A batch of several records was refused because of them: what the sender holds behind it is
  /// taken back, and a new one goes on. When that is tried next.
  std::optional<time_point> m_outdated;
  /// It was made for larger batches than the topic takes by now.
  bool m_too_large = false;
  const batch* m_last_refused = nullptr;
  // Of the parcel that is being sent; used again by each.
  std::vector<std::int32_t> m_partitions;
  std::map<std::int32_t, std::vector<kafka::outgoing_record*>> m_by_partition;
  // Last: its end reports nothing, but librdkafka reads the shipments' memory until then.
  std::unique_ptr<kafka::record_sender> m_sender;
};

}  // namespace logpipe::ship
