#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <logpipe/base/clock.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/kafka/connection.hpp>

namespace logpipe::kafka {

/// Takes delivery reports. Called from record_sender::serve() and nowhere else.
class delivery_sink {
 public:
  virtual ~delivery_sink() = default;
  /// `count` records of the batch `tag` are acknowledged by all in-sync replicas (acks=all).
  virtual void delivered(void* tag, std::size_t count) = 0;
  /// One record of the batch `tag` was not written. `payload` is the view that was sent.
  virtual void failed(void* tag, std::string_view payload, error_code error) = 0;
  virtual void heard(const notice& notice) = 0;
};

/// A record that send() could not take: its place in the call's payloads, and why. It reports no more.
struct refusal {
  std::size_t index;
  error_code error;
};

/// Sends records and reports on each: a producer, or a fake where a test needs one.
class record_sender {
 public:
  virtual ~record_sender() = default;

  /// Hands over records, all for one partition, in order, all with the key `key`. Payloads are not
  /// copied and must stay where they are until they are reported. Each record reports once to a later
  /// serve(), with `tag`, except those that are added to `refused`. Does not block.
  virtual void send(std::int32_t partition, std::span<const std::string_view> payloads, bytes key,
                    void* tag, std::vector<refusal>& refused) = 0;
  /// Hands all reports and notices that are there to `sink`; waits up to `wait` for the first.
  virtual void serve(delivery_sink& sink, milliseconds wait) = 0;
  /// Readable when serve() has something to do.
  virtual int wake_fd() const noexcept = 0;
  /// Records that were taken and have not been reported.
  virtual std::size_t in_flight() const = 0;
  /// Makes every record that is still held report as failed; some may have been written all the same.
  virtual void purge() = 0;
};

}  // namespace logpipe::kafka
