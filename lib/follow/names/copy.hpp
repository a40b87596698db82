#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/file/bookmark.hpp>
#include <logpipe/follow/file/fingerprint.hpp>
#include <logpipe/follow/file/generation.hpp>
#include <logpipe/follow/file/identity.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace logpipe::follow {

// What tells a copy of a generation, as copytruncate makes one, from a log of its own. Many logs
// begin alike, so the first bytes prove something only when they are many and not all alike, or
// when the name says the same. In doubt it is a log of its own: then lines come twice, and none is
// lost.

/// A file that may be a copy.
struct suspect {
  /// Open for as long as this is used; not owned.
  int descriptor;
  std::uint64_t size = 0;
  /// Its first bytes, up to fingerprint::capacity.
  std::string head;
  fingerprint print;
  /// It is called as the original's copy would be.
  bool named = false;

  /// Throws std::system_error when it cannot be read.
  suspect(int open_file, bool is_named);
  /// Whether it being like another proves anything.
  bool is_telling() const noexcept;
};

/// What is kept of a generation whose file was cut: enough to know its copy.
struct cut_content {
  fingerprint head;
  /// Up to where it had been searched for lines, and the first byte that was not given in one.
  bookmark seen;
  std::uint64_t offset = 0;
};
cut_content content_of(const generation& file);

/// Whether the file holds what the cut one held, as far as that had been read.
bool is_copy(const suspect& file, const cut_content& original);
/// How many of the file's bytes the living generation gives; nothing when it is no copy of it. 0
/// for one that ends before the place where reading stands: it may be a copy that is being written,
/// or a log that begins alike and will differ, of which nothing may be left out then.
std::optional<std::uint64_t> copied_bytes(const suspect& file, const generation& original);

/// The copy beside `path` of what stood there, by the names that rotation gives. Empty when there
/// is none. What `is_another` is true of is a file of its own, however much it looks like a copy.
fd find_copy(const std::string& path, const cut_content& original,
             const std::function<bool(const identity&)>& is_another);

}  // namespace logpipe::follow
