#include <logpipe/base/hash.hpp>
#include <logpipe/ship/router.hpp>

namespace logpipe::ship {

std::optional<std::int32_t> router::of_source(const std::string& host,
                                              std::string_view path) const {
  switch (m_how.how) {
    case routing::kind::file:
      return murmur2_partition(host + std::string(path), m_partitions);
    case routing::kind::fixed:
      return m_how.partition;
    default:
      return std::nullopt;
  }
}

void router::assign(const parcel& content, const asked& takes,
                    std::vector<std::int32_t>& partitions) {
  partitions.clear();
  const bool keys_count = !takes_turns();
  if (content.records.empty()) {
    partitions.push_back(keys_count && content.key ? by_key(*content.key) : next(takes));
    return;
  }
  const bool by_name = m_how.how == routing::kind::same && !content.partitions.empty();
  std::optional<std::int32_t> of_the_rest;
  bool all_the_same = true;
  for (std::size_t i = 0; i < content.records.size(); ++i) {
    const auto& key = content.records[i].key;
    const std::int32_t asked_for = by_name ? content.partitions[i] : -1;
    std::int32_t chosen = nowhere;
    if (asked_for != -1) {
      if (asked_for >= 0 && asked_for < m_partitions) chosen = asked_for;
    } else if (keys_count && key) {
      chosen = by_key(*key);
    } else {
      if (!of_the_rest) of_the_rest = next(takes);
      chosen = *of_the_rest;
    }
    all_the_same = all_the_same && (i == 0 || chosen == partitions.front());
    partitions.push_back(chosen);
  }
  if (all_the_same) partitions.resize(1);
}

std::int32_t router::by_key(std::string_view key) const {
  return murmur2_partition(key, m_partitions);
}

std::int32_t router::next(const asked& takes) {
  std::int32_t chosen = m_next;
  for (std::int32_t passed = 0; passed < m_partitions && !takes(chosen); ++passed) {
    chosen = (chosen + 1) % m_partitions;
  }
  m_next = (chosen + 1) % m_partitions;
  return chosen;
}

}  // namespace logpipe::ship
