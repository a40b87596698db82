#pragma once

#include <logpipe/base/record.hpp>
#include <logpipe/kafka/delivery.hpp>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace logpipe::test {

/// A sender whose broker is the test: it says what becomes of each record in flight.
class fake_sender final : public kafka::record_sender {
public:
  struct sent {
    kafka::destination to;
    std::string line;
    std::string_view payload;
    void* tag;
    const kafka::outgoing_record* full = nullptr;
  };

  kafka::topic_id add_topic(const std::string& name) override {
    topics.push_back(name);
    return static_cast<kafka::topic_id>(topics.size() - 1);
  }

  std::size_t send(kafka::destination to, std::span<const std::string_view> payloads, bytes key,
                   void* tag, std::vector<kafka::refusal>& refused) override {
    refused.clear();
    last_key = key ? std::optional<std::string>(*key) : std::nullopt;
    group_sizes.push_back(payloads.size());
    for (std::size_t i = 0; i < payloads.size(); ++i) {
      take({to, std::string(payloads[i]), payloads[i], tag}, i, refused);
    }
    return payloads.size() - refused.size();
  }
  std::size_t send(kafka::destination to, std::span<const kafka::outgoing_record* const> records,
                   std::vector<kafka::refusal>& refused) override {
    refused.clear();
    group_sizes.push_back(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      const auto value = records[i]->value.value_or("(null)");
      take({to, std::string(value), value, records[i]->tag, records[i]}, i, refused);
    }
    return records.size() - refused.size();
  }

  void serve(kafka::delivery_sink& sink, milliseconds) override {
    for (const auto& notice : std::exchange(notices, {}))
      sink.heard(notice);
    for (const auto& report : std::exchange(m_reports, {}))
      report(sink);
  }
  int wake_fd() const noexcept override { return -1; }
  std::size_t in_flight() const noexcept override { return in_air.size() + m_reports.size(); }
  void purge() override { fail_all(-152 /* _PURGE_QUEUE */); }

  void take_back() override {
    while (in_air.size() > on_the_wire) {
      fail(in_air.back(), -152);
      in_air.pop_back();
    }
  }

  /// Acknowledges everything in flight.
  void acknowledge_all() {
    acknowledge_if([](const sent&) { return true; });
  }
  /// Acknowledges some of it; the rest stays in flight.
  void acknowledge_if(const std::function<bool(const sent&)>& chosen) {
    for (const auto& record : std::exchange(in_air, {})) {
      if (chosen(record)) {
        acknowledge(record);
      } else {
        in_air.push_back(record);
      }
    }
  }
  /// Reports everything in flight: records for which `error_of` gives a code fail with it.
  void answer(const std::function<kafka::error_code(const sent&)>& error_of) {
    for (const auto& record : std::exchange(in_air, {})) {
      if (const auto error = error_of(record)) {
        fail(record, error);
      } else {
        acknowledge(record);
      }
    }
  }
  void fail_all(kafka::error_code error) {
    answer([error](const sent&) { return error; });
  }

  std::vector<std::string> lines_in_flight() const {
    std::vector<std::string> lines;
    for (const auto& record : in_air)
      lines.push_back(record.line);
    return lines;
  }
  /// Those that go to one partition of the first topic.
  std::vector<std::string> lines_in_flight(std::int32_t partition) const {
    std::vector<std::string> lines;
    for (const auto& record : in_air) {
      if (record.to.partition == partition) lines.push_back(record.line);
    }
    return lines;
  }

  std::vector<std::string> topics;
  std::vector<sent> in_air;
  /// How many of these have left for the broker and cannot be taken back.
  std::size_t on_the_wire = 0;
  /// What the broker has written, in its order.
  std::vector<std::string> written;
  std::vector<kafka::notice> notices;
  std::vector<std::size_t> group_sizes;
  std::optional<std::string> last_key;
  std::function<kafka::error_code(std::string_view)> refuse;

private:
  void take(const sent& record, std::size_t place, std::vector<kafka::refusal>& refused) {
    const kafka::error_code refusal = refuse ? refuse(record.payload) : 0;
    if (refusal != 0) {
      refused.push_back({place, refusal});
    } else {
      in_air.push_back(record);
    }
  }
  void acknowledge(const sent& record) {
    written.push_back(record.line);
    m_reports.emplace_back(
        [tag = record.tag](kafka::delivery_sink& sink) { sink.delivered(tag, 1); });
  }
  void fail(const sent& record, kafka::error_code error) {
    m_reports.emplace_back([record, error](kafka::delivery_sink& sink) {
      if (record.full != nullptr) {
        sink.failed(*record.full, error);
      } else {
        sink.failed(record.tag, record.payload, error);
      }
    });
  }

  std::vector<std::function<void(kafka::delivery_sink&)>> m_reports;
};

// librdkafka's codes, which the parts under test never see by name.
inline constexpr kafka::error_code msg_size_too_large = 10;
inline constexpr kafka::error_code invalid_record = 87;
inline constexpr kafka::error_code unknown_topic = 3;
inline constexpr kafka::error_code topic_denied = 29;
inline constexpr kafka::error_code invalid_producer_epoch = 47;

}  // namespace logpipe::test
