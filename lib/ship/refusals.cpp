#include <logpipe/ship/refusals.hpp>
#include <logpipe/ship/topic.hpp>

#include <utility>

namespace logpipe::ship {
namespace {

/// Refused one by one, each takes a round trip to a broker: some of them come together in this.
constexpr milliseconds between_offers{20};
constexpr milliseconds rest_after_failure{1000};

/// A record that asked for a partition that is not there stands at none.
std::int32_t partition_of(const refused_record& refused) {
  const auto& [batch, line, full] = refused.record;
  const auto& content = batch->of->content;
  if (batch->to->partition != router::nowhere) return batch->to->partition;
  return content.partitions[static_cast<std::size_t>(full - content.records.data())];
}

}  // namespace

rejected_record describe(const refused_record& refused) {
  const pending_record& record = refused.record;
  const auto& content = record.from->of->content;
  rejected_record told{content.chunk.source,
                       content.chunk.generation,
                       record.offset(),
                       record.line.size(),
                       record.from->to->of->name(),
                       partition_of(refused),
                       -1,
                       content.key,
                       record.line,
                       {},
                       refused.error};
  if (record.full != nullptr) {
    told.timestamp = record.full->timestamp;
    told.key = record.full->key;
    told.value = record.full->value;
    told.headers = record.full->headers;
  }
  return told;
}

std::vector<refused_record> refusals::decide(time_point now) {
  if (m_undecided.empty() || !m_take) return std::exchange(m_undecided, {});
  if (now < m_next) return {};
  std::vector<rejected_record> offered;
  offered.reserve(m_undecided.size());
  for (const auto& each : m_undecided) {
    offered.push_back(describe(each));
  }
  const bool taken = m_take(offered);
  m_next = now + (taken ? between_offers : rest_after_failure);
  return taken ? std::exchange(m_undecided, {}) : std::vector<refused_record>();
}

std::optional<time_point> refusals::due() const noexcept {
  if (m_undecided.empty()) return std::nullopt;
  return m_next;
}

}  // namespace logpipe::ship
