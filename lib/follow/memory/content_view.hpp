#pragma once

#include <logpipe/follow/compressed/compressed_file.hpp>
#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/memory/memory.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace logpipe::follow {

/// What an open file holds, decompressed if need be, as far as it takes to know it again. Of a
/// plain one only what is asked about is read; a compressed one is decompressed up to there.
class content_view {
public:
  /// The descriptor outlives it; where the file's name, `path`, is one of compressed files, its
  /// first bytes say whether it is one. Throws std::system_error when it cannot be read.
  content_view(int descriptor, const std::string& path);

  bool is_compressed() const noexcept { return m_decompressed.has_value(); }
  /// The first bytes, up to fingerprint::capacity.
  std::string_view head() const noexcept { return m_head; }
  /// For the memory, good for as long as this is; `log` and `inode_at_log` as in shown_file.
  shown_file shown(const file_status& status, std::string log, std::uint64_t inode_at_log);

  /// Whether a plain file holds what this does, as far as the last bytes of this tell. Reads a
  /// compressed one to its end.
  bool is_copy_of(int plain_file);

  /// What is to be kept of the file, which is called `path`, where it is an earlier one of `log`
  /// and never read.
  friend kept_generation describe_left_out(const content_view& content, const file_status& status,
                                           std::string log, const std::string& path);

private:
  bool stands_at(const bookmark& place);

  int m_descriptor;
  std::optional<compressed_file> m_decompressed;
  std::string m_head;
};

kept_generation describe_left_out(const content_view& content, const file_status& status,
                                  std::string log, const std::string& path);

}  // namespace logpipe::follow
