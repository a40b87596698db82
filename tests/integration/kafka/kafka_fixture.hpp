#pragma once

#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/producer.hpp>

#include <map>
#include <string>
#include <string_view>
#include <support/eventually.hpp>
#include <support/mock_cluster.hpp>
#include <utility>
#include <vector>

namespace logpipe::test {

inline kafka::config settings_for(const mock_cluster& cluster) {
  kafka::config settings;
  settings.set("bootstrap.servers", cluster.brokers(), "test");
  // A broker that comes back is found soon.
  settings.set("reconnect.backoff.ms", "10", "test");
  settings.set("reconnect.backoff.max.ms", "50", "test");
  return settings;
}

/// Remembers every report.
struct recorder : kafka::delivery_sink {
  struct failed_record {
    void* tag;
    std::string payload;
    kafka::error_code error;
  };
  std::map<void*, std::size_t> acknowledged;  // by tag
  std::vector<failed_record> failures;
  std::vector<std::pair<const kafka::outgoing_record*, kafka::error_code>> failed_records;
  std::vector<kafka::notice> notices;
  std::size_t calls = 0;

  void delivered(void* tag, std::size_t count) override {
    acknowledged[tag] += count;
    ++calls;
  }
  void failed(void* tag, std::string_view payload, kafka::error_code error) override {
    failures.push_back({tag, std::string(payload), error});
  }
  void failed(const kafka::outgoing_record& record, kafka::error_code error) override {
    failed_records.emplace_back(&record, error);
  }
  void heard(const kafka::notice& notice) override { notices.push_back(notice); }

  bool heard_of(kafka::notice::kind kind) const {
    for (const auto& notice : notices) {
      if (notice.what == kind) return true;
    }
    return false;
  }
};

/// Serves `out` until every record that it took has been reported to `sink`; false when that does
/// not come within the bound.
inline bool settle(kafka::producer& out, kafka::delivery_sink& sink) {
  return eventually([&] {
    out.serve(sink, milliseconds(10));
    return out.in_flight() == 0;
  });
}

/// "line 0", "line 1", ... and the views of them, which stay where they are.
class numbered_lines {
public:
  explicit numbered_lines(std::size_t count, const std::string& prefix = "line ") {
    for (std::size_t i = 0; i < count; ++i) {
      m_texts.push_back(prefix + std::to_string(i));
    }
    m_views.assign(m_texts.begin(), m_texts.end());
  }
  const std::vector<std::string_view>& views() const { return m_views; }
  const std::vector<std::string>& texts() const { return m_texts; }

private:
  std::vector<std::string> m_texts;
  std::vector<std::string_view> m_views;
};

}  // namespace logpipe::test
