#pragma once

#include <logpipe/follow/file/bookmark.hpp>
#include <logpipe/follow/file/fingerprint.hpp>

#include <cstdint>
#include <string>

namespace logpipe::follow {

/// Number of a generation where an application keeps them; 0 is none.
using kept_id = std::int64_t;

/// What is known of a generation beyond a run: which file it is, how it is known again where that
/// has become another one (a copy, a restored or a compressed one), and how far it is done with.
/// Devices are numbered anew at each boot and do not count.
struct kept_generation {
  enum class state {
    open,      ///< the last of its source: more may come to it
    followed,  ///< another file came behind it
    replaced,  ///< its file was cut or rewritten: only a copy can still hold it
    left_out   ///< it was there when its source was first followed, and is never read
  };

  kept_id id = 0;
  /// Absolute path of the log it belongs to.
  std::string source;
  /// What its file was called last, as far as that is known; absolute.
  std::string name;
  std::uint64_t inode = 0;
  /// Nanoseconds since the epoch; 0: the file system has none.
  std::int64_t birth = 0;
  /// Of the content, also where that is compressed; grows up to its capacity.
  fingerprint head;
  /// Whether its first lines are all alike: then the fingerprint proves little.
  bool alike = false;
  /// Up to where its lines are acknowledged.
  bookmark read;
  /// Up to where lines were handed over for sending at least: behind `read` after a crash. Lines
  /// between the two are sent again.
  std::uint64_t sent = 0;
  /// Its content's size when it was seen last, or, for what is over, up to where it was read.
  std::uint64_t size = 0;
  /// Size of the file itself, when it was seen last: another one where the content is compressed.
  std::uint64_t file_size = 0;
  state what = state::open;
  /// When it was last known to be there, milliseconds since the epoch. The store fills it in; for
  /// who forgets what has been gone for long.
  std::int64_t seen = 0;

  /// There is nothing to do for it, as far as is known.
  bool is_done() const noexcept {
    return what == state::left_out || (what != state::open && read.offset >= size);
  }

  friend bool operator==(const kept_generation&, const kept_generation&) = default;
};

}  // namespace logpipe::follow
