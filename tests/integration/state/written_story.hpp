#pragma once

#include "disk.hpp"
#include "disk_image.hpp"
#include "position_model.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <support/temp_directory.hpp>
#include <vector>

namespace logpipe::ship::testing {

/// Runs that save positions, with each change that their state file goes through on the disk.
class written_story {
public:
  explicit written_story(std::uint64_t seed);

  /// How the files were at first.
  const disk_image& beginning() const { return m_beginning; }
  const std::vector<disk_change>& changes() const { return m_changes; }

  /// Which of the positions that were saved, one after the other, these are; none: -1.
  int save_of(const kept_positions& found) const;
  /// The last save that was made when so many changes had been.
  int last_save(std::size_t changes) const;
  /// The last one by then that no power loss can take away: it was followed by an orderly end.
  int last_durable(std::size_t changes) const;

private:
  struct moment {
    kept_positions kept;
    std::size_t changes;
    bool durable;
  };

  void run(const std::string& path, position_model& model, const disk& under);

  disk_image m_beginning;
  std::vector<disk_change> m_changes;
  std::vector<moment> m_saves;
};

}  // namespace logpipe::ship::testing
