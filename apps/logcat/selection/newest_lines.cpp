#include "newest_lines.hpp"

#include <algorithm>
#include <utility>

namespace logpipe::logcat {
namespace {

line_place place_of(const record& record) {
  return {record.timestamp, std::string(record.topic), record.partition, record.offset};
}

}  // namespace

bool newest_lines::wants(const record& record) const {
  if (m_lines.size() < m_most) return true;
  return m_most > 0 && place_of(record) > m_lines.front().place;
}

void newest_lines::add(const record& record, std::string text) {
  if (!wants(record)) return;
  if (m_lines.size() == m_most) {
    std::pop_heap(m_lines.begin(), m_lines.end(), newer);
    m_lines.pop_back();
  }
  m_lines.push_back({place_of(record), std::move(text)});
  std::push_heap(m_lines.begin(), m_lines.end(), newer);
}

std::vector<std::string> newest_lines::take() {
  std::sort(m_lines.begin(), m_lines.end(),
            [](const line& a, const line& b) { return a.place < b.place; });
  std::vector<std::string> texts;
  texts.reserve(m_lines.size());
  for (auto& each : m_lines) {
    texts.push_back(std::move(each.text));
  }
  m_lines.clear();
  return texts;
}

}  // namespace logpipe::logcat
