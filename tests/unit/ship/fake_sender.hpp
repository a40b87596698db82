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
    std::int32_t partition;
    std::string line;
    std::string_view payload;
    void* tag;
  };

  std::size_t send(std::int32_t partition, std::span<const std::string_view> payloads, bytes key,
                   void* tag, std::vector<kafka::refusal>& refused) override {
    refused.clear();
    last_key = key ? std::optional<std::string>(*key) : std::nullopt;
    group_sizes.push_back(payloads.size());
    for (std::size_t i = 0; i < payloads.size(); ++i) {
      const kafka::error_code refusal = refuse ? refuse(payloads[i]) : 0;
      if (refusal != 0) {
        refused.push_back({i, refusal});
      } else {
        in_air.push_back({partition, std::string(payloads[i]), payloads[i], tag});
      }
    }
    return payloads.size() - refused.size();
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
    for (const auto& record : std::exchange(in_air, {}))
      acknowledge(record);
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
  void acknowledge(const sent& record) {
    written.push_back(record.line);
    m_reports.emplace_back(
        [tag = record.tag](kafka::delivery_sink& sink) { sink.delivered(tag, 1); });
  }
  void fail(const sent& record, kafka::error_code error) {
    m_reports.emplace_back([tag = record.tag, payload = record.payload, error](
                               kafka::delivery_sink& sink) { sink.failed(tag, payload, error); });
  }

  std::vector<std::function<void(kafka::delivery_sink&)>> m_reports;
};

// librdkafka's codes, which the parts under test never see by name.
inline constexpr kafka::error_code msg_size_too_large = 10;
inline constexpr kafka::error_code invalid_record = 87;
inline constexpr kafka::error_code unknown_topic = 3;

}  // namespace logpipe::test
