#pragma once

#include <logpipe/base/record.hpp>
#include <logpipe/follow/chunk.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::ship {

/// How a chunk's partition is chosen. A chunk goes to one partition as a whole: that is what makes
/// sending cheap.
struct routing {
  enum class kind {
    /// All lines of a source to the partition that host and absolute path hash to (murmur2): they
    /// stay in order, and a fleet of hosts spreads.
    file,
    /// One chunk to one partition, the next to the next.
    spread,
    /// By the hash of the key, as Java's client does.
    key,
    fixed,
  };
  kind how = kind::file;
  /// With kind::fixed.
  std::int32_t partition = 0;
};

class router {
public:
  /// `partitions` is the topic's number of partitions, at least 1, as it was at the start.
  router(routing how, std::int32_t partitions, std::string host, bytes key);

  /// The partition of the next chunk of a source; `path` is the source's absolute path.
  std::int32_t partition_for(follow::source_id source, std::string_view path);

private:
  routing m_how;
  std::int32_t m_partitions;
  std::string m_host;
  std::int32_t m_of_key = 0;
  std::int32_t m_next = 0;
  std::vector<std::int32_t> m_of_source;  // -1: not asked yet
};

}  // namespace logpipe::ship
