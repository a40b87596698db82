#include "newest_records.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace logpipe::logcat {
namespace {

bool is_older(const record& a, const record& b) {
  return std::tie(a.timestamp, a.topic, a.partition, a.offset) <
         std::tie(b.timestamp, b.topic, b.partition, b.offset);
}

bool older(const owned_record& a, const owned_record& b) {
  return is_older(a.get(), b.get());
}
bool newer(const owned_record& a, const owned_record& b) {
  return is_older(b.get(), a.get());
}

}  // namespace

void newest_records::add(const record& record) {
  if (m_most == 0) return;
  if (m_records.size() == m_most) {
    if (!is_older(m_records.front().get(), record)) return;
    std::pop_heap(m_records.begin(), m_records.end(), newer);
    m_records.pop_back();
  }
  m_records.emplace_back(record);
  std::push_heap(m_records.begin(), m_records.end(), newer);
}

std::vector<owned_record> newest_records::take() {
  std::sort(m_records.begin(), m_records.end(), older);
  return std::exchange(m_records, {});
}

}  // namespace logpipe::logcat
