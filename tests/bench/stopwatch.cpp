#include "stopwatch.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace logpipe::bench {
namespace {

constexpr std::size_t line_bytes = 83;
constexpr std::size_t warm_up_lines = 20;

std::string text_of(std::size_t number) {
  std::string line = fmt::format("{:09} ", number);
  line.resize(line_bytes, '-');
  return line;
}

}  // namespace

std::string stopwatch::next_line(time_point now) {
  std::string line = text_of(m_lines.size());
  m_lines.push_back({now, std::nullopt});
  return line;
}

void stopwatch::arrived(std::string_view line, time_point now) {
  std::size_t number = 0;
  std::from_chars(line.data(), line.data() + line.size(), number);
  if (number >= m_lines.size() || line != text_of(number)) {
    throw std::runtime_error(fmt::format("what arrived is no line that was written: {}", line));
  }
  if (m_first == none) {
    m_first = m_lines.size() + warm_up_lines;
    m_last_news = now;
  }
  if (m_lines[number].arrived) return;
  m_lines[number].arrived = now;
  if (counts(number)) {
    ++m_counted;
    m_last_news = now;
  }
}

std::vector<std::chrono::microseconds> stopwatch::latencies() const {
  std::vector<std::chrono::microseconds> all;
  for (std::size_t number = m_first; counts(number); ++number) {
    const auto& [written, arrived] = m_lines.at(number);
    all.push_back(std::chrono::duration_cast<std::chrono::microseconds>(arrived.value() - written));
  }
  return all;
}

}  // namespace logpipe::bench
