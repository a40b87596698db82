#include <logpipe/base/hash.hpp>
#include <logpipe/ship/router.hpp>

namespace logpipe::ship {

router::router(routing how, std::int32_t partitions, std::string host, bytes key)
    : m_how(how),
      m_partitions(partitions),
      m_host(std::move(host)),
      m_of_key(key ? murmur2_partition(*key, partitions) : 0) {}

std::int32_t router::partition_for(follow::source_id source, std::string_view path) {
  switch (m_how.how) {
    case routing::kind::fixed:
      return m_how.partition;
    case routing::kind::key:
      return m_of_key;
    case routing::kind::spread: {
      const std::int32_t chosen = m_next;
      m_next = (m_next + 1) % m_partitions;
      return chosen;
    }
    case routing::kind::file:
      break;
  }
  if (source >= m_of_source.size()) m_of_source.resize(source + 1, -1);
  std::int32_t& known = m_of_source[source];
  if (known < 0) known = murmur2_partition(m_host + std::string(path), m_partitions);
  return known;
}

}  // namespace logpipe::ship
