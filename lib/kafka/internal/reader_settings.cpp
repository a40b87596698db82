#include <logpipe/kafka/internal/reader_settings.hpp>

#include <algorithm>
#include <string>

namespace logpipe::kafka {
namespace {

std::size_t share(std::size_t whole, std::size_t parts, std::size_t least, std::size_t most) {
  return std::clamp(whole / std::max<std::size_t>(parts, 1), least, most);
}

// Large queues make librdkafka fetch far ahead and then stand still; small ones keep memory bounded
// and, with the fetch_waker, the stream even. 64 KB of each partition and 1 MB of all in one answer
// keep the broker and us busy at the same time.
void bound_one_queue(config& settings, std::size_t partitions) {
  settings.set_default("queued.max.messages.kbytes",
                       std::to_string(share(16384, partitions, 64, 4096)));
  settings.set_default("fetch.message.max.bytes", "65536");
  // librdkafka refuses a fetch.max.bytes below message.max.bytes.
  settings.set_default("fetch.max.bytes", settings.get("message.max.bytes").value_or("1000000"));
}

// The limits hold for each lane. librdkafka needs 400 bytes for a message beside its value, which
// is all that it counts as its size: so their number is bounded too. As long as one message of an
// answer is held, the whole answer is: so it is small. An idle partition's long poll holds up those
// that were full when it was asked: so it is short.
void bound_lanes(config& settings, std::size_t partitions, bool bounded) {
  settings.set_default("queued.max.messages.kbytes",
                       std::to_string(share(8192, partitions, 64, 1024)));
  settings.set_default("queued.min.messages", std::to_string(share(8192, partitions, 64, 2048)));
  settings.set_default("fetch.message.max.bytes",
                       std::to_string(share(524288, partitions, 8192, 65536)));
  settings.set_default("message.max.bytes", "262144");
  settings.set_default("fetch.max.bytes", settings.get("message.max.bytes").value());
  settings.set_default("fetch.wait.max.ms", bounded ? "2" : "50");
}

}  // namespace

config reader_settings(const config& settings, const reader::options& how) {
  config complete = settings;
  if (how.lanes) {
    bound_lanes(complete, how.partitions, how.bounded);
  } else {
    bound_one_queue(complete, how.partitions);
  }
  complete.set_default("fetch.error.backoff.ms", "50");
  if (how.bounded) complete.set_default("fetch.wait.max.ms", "10");
  complete.force("isolation.level", how.isolation == isolation_level::committed
                                        ? "read_committed"
                                        : "read_uncommitted");
  // An offset never jumps silently, and every end is told.
  complete.force("auto.offset.reset", "error");
  complete.force("enable.partition.eof", "true");
  // No group, so nothing to store or commit.
  complete.force("enable.auto.offset.store", "false");
  complete.force("auto.commit.enable", "false");
  return complete;
}

std::size_t records_per_take(const reader::options& how) noexcept {
  // Enough that what is done for each take does not count, few enough to stay in the cache.
  constexpr std::size_t most = 1024;
  // Those of all lanes are held until a merge has used them up.
  return how.lanes ? share(16384, how.partitions, 64, most) : most;
}

// A lane that is waited for should be on its way before what was taken from it is used up.
milliseconds wake_interval(const reader::options& how) noexcept {
  return milliseconds(how.lanes ? 1 : 10);
}

}  // namespace logpipe::kafka
