#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/kafka/connection.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::kafka {

/// A record that is more than a payload. It, and all that it points to, stays where it is until it
/// is reported.
struct outgoing_record {
  bytes value;
  bytes key;
  std::span<const header> headers;
  /// Milliseconds since the epoch, 0 sent as 1 (librdkafka cannot); -1: the time of sending.
  std::int64_t timestamp = -1;
  /// The sender's caller's own; handed back with the report.
  void* tag = nullptr;
};

/// Number of a topic among those that a sender was given, from 0 in that order.
using topic_id = std::uint32_t;

struct destination {
  topic_id topic = 0;
  std::int32_t partition = 0;
};

/// Takes delivery reports. Called from record_sender::serve() and nowhere else.
class delivery_sink {
public:
  virtual ~delivery_sink() = default;
  /// `count` records of the batch `tag` are acknowledged by all in-sync replicas (acks=all).
  virtual void delivered(void* tag, std::size_t count) = 0;
  /// One payload of the batch `tag` was not written. `payload` is the view that was sent.
  virtual void failed(void* tag, std::string_view payload, error_code error) = 0;
  /// The same of a full record; it is the one that was sent.
  virtual void failed(const outgoing_record& record, error_code error) = 0;
  virtual void heard(const notice& notice) = 0;
};

/// A record that send() did not take; it will not be reported.
struct refusal {
  /// Its place among the records of that call.
  std::size_t index;
  /// MSG_SIZE_TOO_LARGE: longer than message.max.bytes, it will never be taken. _QUEUE_FULL: try
  /// again after serve() (only if the user limits librdkafka's queue). missing, denied or fatal:
  /// all of them.
  error_code error;
};

/// Sends records and reports on each: a producer, or a fake where a test needs one. For one thread.
class record_sender {
public:
  virtual ~record_sender() = default;

  /// Makes a topic known, so that records can be sent to it. Asks no broker and does not wait.
  virtual topic_id add_topic(const std::string& name) = 0;

  /// Hands records over, all for one partition, in order, all with the key `key`. Payloads are not
  /// copied and must stay where they are until they are reported. Each record has one outcome: it
  /// is taken, and reports once to a later serve(), with `tag` (the address of something aligned);
  /// or it is refused, and is listed in `refused`, which is cleared first. Those behind a refused
  /// one are taken all the same. Returns how many were taken. Does not block. Hot path: no
  /// allocation of ours per record.
  virtual std::size_t send(destination to, std::span<const std::string_view> payloads, bytes key,
                           void* tag, std::vector<refusal>& refused) = 0;
  /// The same for full records, each with what it has of its own; reported with its own tag. The
  /// records themselves stay where they are until then, too.
  virtual std::size_t send(destination to, std::span<const outgoing_record* const> records,
                           std::vector<refusal>& refused) = 0;
  /// Hands all reports and notices that are there to `sink`; waits up to `wait` for the first.
  virtual void serve(delivery_sink& sink, milliseconds wait) = 0;
  /// Readable when serve() has something to do.
  virtual int wake_fd() const noexcept = 0;
  /// Records taken and not yet reported.
  virtual std::size_t in_flight() const noexcept = 0;
  /// Makes every record that has not been sent to a broker yet report as failed (_PURGE_QUEUE).
  /// Where this left a gap, what is sent afterwards may fail for good: only for a sender that will
  /// not be used again.
  virtual void take_back() = 0;
  /// Makes every record that is still held report as failed; serve() until in_flight() is 0. Some
  /// may have been written all the same.
  virtual void purge() = 0;
};

}  // namespace logpipe::kafka
