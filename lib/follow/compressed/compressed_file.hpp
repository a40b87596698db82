#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/compressed/decoder.hpp>
#include <logpipe/follow/compressed/file_bytes.hpp>
#include <logpipe/follow/file/bookmark.hpp>
#include <logpipe/follow/file/fingerprint.hpp>
#include <logpipe/follow/file/guard.hpp>
#include <logpipe/follow/file/identity.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace logpipe::follow {

/// Why content cannot be decompressed from `offset` on.
struct damage {
  std::uint64_t offset = 0;
  std::string reason;
};

/// The content of an open file of gz, bz2, xz, zst or lz4, or of a plain one, from the first byte
/// to the last; offsets are those of the content. What is compressed is told by the file's first
/// bytes. Forward only: to get back, begin_again(). Memory is bounded by the format (see
/// archive_decoder), and each call by what it is asked for, however well the content is compressed.
///
/// Each call that decompresses throws std::system_error, the name in its text, when the file cannot
/// be read, and blocks on the disk alone.
class compressed_file {
public:
  static constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

  /// Throws std::system_error when it cannot be opened, or read.
  explicit compressed_file(const std::string& path);
  /// Takes over the open file; `name` is for errors.
  compressed_file(fd file, std::string name);

  /// The next bytes, at most `size`; 0 at the end, and where damaged() begins.
  std::size_t read(char* to, std::size_t size);
  /// Passes over what stands before `offset`, at most `most` bytes of it. True when it stands there
  /// now; false when there is more to pass over, when the content ends before (is_over()), or when
  /// it is behind it already.
  bool skip_to(std::uint64_t offset, std::uint64_t most = no_limit);
  /// Passes over what stands before the place. Whether there stands before it what stood there;
  /// then it can be read from there on.
  bool stands_at(const bookmark& place);
  /// Back to the first byte.
  void begin_again();

  /// The first bytes of the content, up to fingerprint::capacity, wherever it stands.
  std::string_view head() const noexcept { return m_head; }
  /// The byte that is read next.
  std::uint64_t offset() const noexcept { return m_offset; }
  /// The last bytes before offset(), up to guard::capacity.
  std::string_view before() const noexcept { return m_before; }
  /// The last read gave 0: the content's end has been reached, or its damage.
  bool is_over() const noexcept { return m_is_over; }
  /// Set when is_over() is true because it is cut off or damaged, or would take too much memory.
  const std::optional<damage>& damaged() const noexcept { return m_damage; }
  /// False for a plain file.
  bool is_compressed() const noexcept { return m_compression != compression::none; }

  const std::string& name() const noexcept { return m_name; }
  int descriptor() const noexcept { return m_file.get(); }
  const identity& id() const noexcept { return m_id; }
  /// Bytes of the file, not of its content, that have been taken for decompressing.
  std::uint64_t taken() const noexcept { return m_bytes->given(); }

private:
  void take_head();
  void remember(std::string_view given);

  std::string m_name;
  fd m_file;
  identity m_id;
  compression m_compression;
  std::unique_ptr<file_bytes> m_bytes;
  std::unique_ptr<decoder> m_decoder;
  std::string m_head;
  std::uint64_t m_offset = 0;
  std::string m_before;
  bool m_is_over = false;
  std::optional<damage> m_damage;
};

}  // namespace logpipe::follow
