#pragma once

#include <logpipe/base/record.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// Where a record stands in the order of a topic's tail: by time, then by partition and offset.
struct line_place {
  std::int64_t timestamp = 0;
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;

  auto operator<=>(const line_place&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// Keeps the texts of the N newest records that it is shown, in any order. Memory: N texts.
class newest_lines {
public:
  explicit newest_lines(std::size_t most) : m_most(most) {}

  /// Whether the record is among the newest so far, so that its text is worth making.
  bool wants(const record& record) const;
  void add(const record& record, std::string text);

  /// The texts, oldest first. Empty afterwards.
  std::vector<std::string> take();

private:
  struct line {
    line_place place;
    std::string text;
  };
  static bool newer(const line& a, const line& b) { return a.place > b.place; }

  std::size_t m_most;
  std::vector<line> m_lines;  // a heap, the oldest in front
};

}  // namespace logpipe::logcat
