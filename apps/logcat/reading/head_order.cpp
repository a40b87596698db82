#include "head_order.hpp"

#include <algorithm>

namespace logpipe::logcat {
namespace {

// The standard heap has the largest in front.
bool later(const lane_head& a, const lane_head& b) noexcept {
  return b < a;
}

}  // namespace

void head_order::add(lane_head head) {
  m_heap.push_back(head);
  std::push_heap(m_heap.begin(), m_heap.end(), later);
}

const lane_head* head_order::second() const noexcept {
  if (m_heap.size() < 2) return nullptr;
  if (m_heap.size() == 2 || m_heap[1] < m_heap[2]) return &m_heap[1];
  return &m_heap[2];
}

void head_order::replace_first(std::int64_t timestamp) noexcept {
  sink({timestamp, m_heap.front().lane});
}

void head_order::remove_first() noexcept {
  const lane_head last = m_heap.back();
  m_heap.pop_back();
  if (!m_heap.empty()) sink(last);
}

// Puts `head` in front and moves it down to its place: half the comparisons of taking one out and
// putting one in.
void head_order::sink(lane_head head) noexcept {
  std::size_t at = 0;
  for (std::size_t child = 1; child < m_heap.size(); child = 2 * at + 1) {
    if (child + 1 < m_heap.size() && m_heap[child + 1] < m_heap[child]) ++child;
    if (!(m_heap[child] < head)) break;
    m_heap[at] = m_heap[child];
    at = child;
  }
  m_heap[at] = head;
}

}  // namespace logpipe::logcat
