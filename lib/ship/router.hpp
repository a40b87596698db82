#pragma once

#include <logpipe/ship/parcel.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::ship {

/// How records find their partition. A chunk goes to one partition as a whole wherever that can be:
/// that is what makes sending cheap.
struct routing {
  enum class kind {
    /// All lines of a source to the partition that host and absolute path hash to (murmur2): they
    /// stay in order, and a fleet of hosts spreads.
    file,
    /// One chunk to one partition, the next to the next.
    spread,
    /// Each record by the hash of its key, as Java's client does. Those of a chunk that have none
    /// go to one partition together, those of the next chunk to the next.
    key,
    /// The partition that each record asks for; those that ask for none as with `key`.
    same,
    fixed,
  };
  kind how = kind::file;
  /// With kind::fixed.
  std::int32_t partition = 0;
};

/// Chooses partitions in one topic.
class router {
public:
  /// Whether a partition takes records now; `spread` passes over those that do not, unless none
  /// does.
  using asked = std::function<bool(std::int32_t)>;

  /// `partitions` is the topic's number of partitions, at least 1, as it was at the start.
  router(routing how, std::int32_t partitions) : m_how(how), m_partitions(partitions) {}

  std::int32_t partitions() const noexcept { return m_partitions; }
  /// A source's records need any partition that takes some; otherwise those that they name.
  bool takes_turns() const noexcept { return m_how.how == routing::kind::spread; }
  /// Where all records of a source go; nothing where that is not the same for all.
  std::optional<std::int32_t> of_source(const std::string& host, std::string_view path) const;

  /// The partition of each record of the parcel, in their order; just one entry: all go there.
  /// `nowhere` for a record that asks for a partition that is not there.
  void assign(const parcel& content, const asked& takes, std::vector<std::int32_t>& partitions);
  static constexpr std::int32_t nowhere = -1;

private:
  std::int32_t next(const asked& takes);
  std::int32_t by_key(std::string_view key) const;

  routing m_how;
  std::int32_t m_partitions;
  std::int32_t m_next = 0;
};

}  // namespace logpipe::ship
