#pragma once

#include <logpipe/ship/position_store.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::logtail {

/// How far a file has been shipped, as it stands now.
struct file_status {
  enum class state {
    there,       ///< it goes on behind its position
    unknown,     ///< nothing is kept of it, it came since: it will be read from 0
    rewritten,   ///< what stood before the position is gone: it will be read from 0
    compressed,  ///< how large its content is now is not known
    gone         ///< found neither by its number nor by what it held
  };
  /// Its name now, or the last one that is known; absolute.
  std::string name;
  state what = state::there;
  std::uint64_t position = 0;
  /// Nothing where it cannot be known.
  std::optional<std::uint64_t> size = {};
  /// Bytes that are not acknowledged, as far as is known; an unfinished last line that waits for
  /// its end is none.
  std::uint64_t lag = 0;
  /// Last change of the content, milliseconds since the epoch; 0: not known.
  std::int64_t modified = 0;
};

/// How far a log has been shipped.
struct source_status {
  /// Its path, and what is counted of it.
  ship::kept_source kept;
  /// Those with something to ship, oldest first, and the one at the log's path; with none of these
  /// the last that is known.
  std::vector<file_status> files;
  /// Sum over the files.
  std::uint64_t lag = 0;
  /// Since when it is behind, milliseconds since the epoch; nothing when it is not.
  std::optional<std::int64_t> behind_since;
};

/// Compares what is kept with the files as they are now. Sorted by path. `rotated` says where
/// earlier files lie, see follow_options.
std::vector<source_status> look_at_sources(const ship::kept_positions& kept,
                                           const std::vector<std::string>& rotated = {});

}  // namespace logpipe::logtail
