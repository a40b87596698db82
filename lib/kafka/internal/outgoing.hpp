#pragma once

#include <logpipe/kafka/delivery.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

// How what is sent looks to librdkafka. Inline: it is done for each record.

namespace logpipe::kafka {

inline void* mutable_data(std::string_view text) {
  // An empty value is not a null one, so it needs an address. librdkafka's C interface has no
  // const; without F_FREE it does not write there.
  static constexpr char nothing = '\0';
  const char* data = text.data() != nullptr ? text.data() : &nothing;
  return const_cast<char*>(data);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}
inline void* data_of(const bytes& text) {
  return text ? mutable_data(*text) : nullptr;
}
inline std::size_t size_of(const bytes& text) {
  return text ? text->size() : 0;
}

// librdkafka hands back one pointer with each report. It is the tag of a batch of payloads, or,
// with the lowest bit set, the full record itself.

inline constexpr std::uintptr_t full_mark = 1;

inline void* marked(const outgoing_record& record) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr)
  return reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(&record) | full_mark);
}
/// The full record that a report is about, null when it is about a payload.
inline const outgoing_record* full_record(const rd_kafka_message_t& report) {
  const auto address = reinterpret_cast<std::uintptr_t>(report._private);
  if ((address & full_mark) == 0) return nullptr;
  // NOLINTNEXTLINE(performance-no-int-to-ptr)
  return reinterpret_cast<const outgoing_record*>(address - full_mark);
}
inline void* tag_of(const rd_kafka_message_t& report) {
  const auto* record = full_record(report);
  return record == nullptr ? report._private : record->tag;
}

/// rd_kafka_produce_batch() takes all that it has.
inline bool is_plain(const outgoing_record& record) {
  return record.headers.empty() && record.timestamp < 0;
}
inline void fill(rd_kafka_message_t& message, const outgoing_record& record) {
  message.payload = data_of(record.value);
  message.len = size_of(record.value);
  message.key = data_of(record.key);
  message.key_len = size_of(record.key);
  message._private = marked(record);
}

using error_ptr = owned_ptr<rd_kafka_error_t, rd_kafka_error_destroy>;
using headers_ptr = owned_ptr<rd_kafka_headers_t, rd_kafka_headers_destroy>;

/// Null when there are none.
inline headers_ptr headers_of(const outgoing_record& record) {
  if (record.headers.empty()) return nullptr;
  headers_ptr headers(rd_kafka_headers_new(record.headers.size()));
  for (const header& each : record.headers) {
    rd_kafka_header_add(headers.get(), static_cast<const char*>(mutable_data(each.name)),
                        static_cast<ssize_t>(each.name.size()), data_of(each.value),
                        static_cast<ssize_t>(size_of(each.value)));
  }
  return headers;
}

}  // namespace logpipe::kafka
