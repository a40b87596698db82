#pragma once

#include "logcat/reading/record_sink.hpp"

#include <logpipe/format/record_filter.hpp>

#include <algorithm>
#include <deque>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace logpipe::test {

/// Notes the values that it is given, and wants so many.
class value_sink : public logcat::record_sink {
public:
  std::size_t most = std::numeric_limits<std::size_t>::max();
  std::vector<std::string> values;
  int runs = 0;
  int flushes = 0;

  std::size_t take(std::span<const record> run) override {
    ++runs;
    const std::size_t taken = std::min(run.size(), most - values.size());
    for (const record& each : run.first(taken)) {
      values.emplace_back(each.value.value_or("null"));
    }
    return taken;
  }
  void flush() override { ++flushes; }
  bool enough() const override { return values.size() == most; }

  /// Behind each other, with blanks.
  std::string text() const {
    std::string text;
    for (const auto& value : values) {
      text += (text.empty() ? "" : " ") + value;
    }
    return text;
  }
};

/// A run of a partition's records, from their values: "one two".
class run_of {
public:
  explicit run_of(const std::string& values, std::int32_t partition = 0) {
    std::istringstream words(values);
    for (std::string word; words >> word;) {
      record one;
      one.topic = "test";
      one.partition = partition;
      one.offset = static_cast<std::int64_t>(m_records.size());
      one.value = m_values.emplace_back(word);
      m_records.push_back(one);
    }
  }
  /// Valid as long as this is.
  operator std::span<const record>() const { return m_records; }  // NOLINT: stands for it
  std::vector<record>& records() noexcept { return m_records; }

private:
  std::deque<std::string> m_values;
  std::vector<record> m_records;
};

/// Lets values with an x pass.
inline format::record_filter values_with_x() {
  format::record_filter filter;
  filter.require_value(pattern("x"));
  return filter;
}

}  // namespace logpipe::test
