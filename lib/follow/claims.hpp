#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/file/bookmark.hpp>
#include <logpipe/follow/file/identity.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace logpipe::follow {

/// Which source reads which file: once, whatever names lead to it, and however it is moved from one
/// source's path to another's. What has been let go is remembered for an hour at least, and for as
/// long as somebody asks about it.
class claims {
public:
  /// Whether a source has had it, or has it.
  bool is_known(const identity& file) const { return m_entries.contains(file); }
  /// Whether a source has it.
  bool is_claimed(const identity& file) const;
  /// Makes the file `source`'s own. Where the one left off that had it before, or 0; nothing while
  /// another source has it.
  std::optional<bookmark> claim(const identity& file, source_id source);
  /// It has been read up to there, and is let go.
  void release(const identity& file, const bookmark& read, time_point now);
  /// It need not be read up to there: somebody else gives those lines.
  void pass_over(const identity& file, const bookmark& read, time_point now);
  /// Whether a file of that size is worth claiming: nobody has it, and it is not known to have been
  /// read as far.
  bool is_to_read(const identity& file, std::uint64_t size, time_point now);

  std::size_t size() const noexcept { return m_entries.size(); }

private:
  struct entry {
    std::optional<source_id> owner;
    bookmark read;
    time_point asked;
  };
  void forget_old(time_point now);

  std::map<identity, entry> m_entries;
  /// Old entries are looked for when there are so many.
  std::size_t m_many = 1024;
};

}  // namespace logpipe::follow
