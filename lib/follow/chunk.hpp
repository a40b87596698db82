#pragma once

#include <logpipe/follow/file/bookmark.hpp>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace logpipe::follow {

/// Number of a source, in the order in which the sources were added; counts from 0.
using source_id = std::uint32_t;
/// Number of a generation, unique in a run, in the order in which generations were begun.
using generation_id = std::uint64_t;

/// A range of a generation's content, and what stands before its end.
struct extent {
  generation_id generation = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  guard_print before_end;
};

/// Whole lines of one generation, read in one go.
struct chunk {
  source_id source = 0;
  generation_id generation = 0;
  /// The lines' bytes. Whoever takes the chunk owns them; shared, because each record on its way to
  /// the broker points into them.
  std::shared_ptr<char[]> memory;
  /// Where memory[0] stands in the generation's content, bytes: a line's own offset is
  /// base + (line.data() - memory.get()).
  std::uint64_t base = 0;
  /// The range of the generation that the lines (with their ends) cover. A chunk follows the one
  /// before it of its generation without a gap; begin may pass over lines that were told as too
  /// long.
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  /// Of what stands before `end`.
  guard_print before_end;
  /// What else the last line covers: a record of several lines may go on in the generations after a
  /// rotation.
  std::vector<extent> also;
  /// Inode of the generation's file; 0 for a stream.
  std::uint64_t inode = 0;
  /// There is one line, and it is a piece of a longer one that goes on in the generation's
  /// next chunk; in none when the file is cut before.
  bool partial = false;
  /// Without their line ends; views into `memory`, never null, an empty line has size 0.
  std::vector<std::string_view> lines;

  std::uint64_t offset_of(std::string_view line) const noexcept {
    return base + static_cast<std::uint64_t>(line.data() - memory.get());
  }
};

}  // namespace logpipe::follow
