#include <logpipe/follow/open_files.hpp>

#include <sys/resource.h>

#include <algorithm>

namespace logpipe::follow {

namespace {

std::size_t limit_of_process() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 512;
  const auto all = static_cast<std::size_t>(limit.rlim_cur);
  const std::size_t reserved = std::max<std::size_t>(64, all / 10);
  return all > reserved ? all - reserved : 1;
}

}  // namespace

void open_files::opened(source_id source) {
  ++m_count;
  entry& known = m_entries[source];
  if (known.files++ == 0) known.place = m_order.insert(m_order.end(), source);
}

void open_files::closed(source_id source) {
  --m_count;
  const auto known = m_entries.find(source);
  if (--known->second.files != 0) return;
  m_order.erase(known->second.place);
  m_entries.erase(known);
}

void open_files::used(source_id source) {
  const auto known = m_entries.find(source);
  if (known != m_entries.end()) m_order.splice(m_order.end(), m_order, known->second.place);
}

std::optional<source_id> open_files::to_close() {
  if (m_count <= m_limit) return std::nullopt;
  m_limit = m_given ? *m_given : limit_of_process();  // which may have been raised
  if (m_count <= m_limit) return std::nullopt;
  return m_order.front();
}

}  // namespace logpipe::follow
