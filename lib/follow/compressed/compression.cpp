#include <logpipe/base/fd.hpp>
#include <logpipe/follow/compressed/compression.hpp>
#include <logpipe/follow/file/read_at.hpp>

#include <array>

namespace logpipe::follow {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t longest_magic = 6;

/// RFC 8878: a frame that holds nothing, which any frames may stand behind.
bool begins_with_skippable_frame(std::string_view head) noexcept {
  return head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50U &&
         head.substr(1, 3) == "\x2A\x4D\x18"sv;
}

}  // namespace

compression compression_of(std::string_view head) noexcept {
  if (head.starts_with("\x1F\x8B\x08"sv)) return compression::gzip;
  if (head.starts_with("\xFD"
                       "7zXZ\0"sv)) {
    return compression::xz;
  }
  if (head.starts_with("\x28\xB5\x2F\xFD"sv)) return compression::zstd;
  if (head.starts_with("\x04\x22\x4D\x18"sv)) return compression::lz4;
  if (begins_with_skippable_frame(head)) return compression::zstd;
  const bool is_bzip2 =
      head.starts_with("BZh"sv) && head.size() > 4 && head[3] >= '1' && head[3] <= '9' &&
      (head[4] == '\x31' || head[4] == '\x17');  // a block, or the end of an empty one
  return is_bzip2 ? compression::bzip2 : compression::none;
}

compression compression_of(int descriptor) {
  std::array<char, longest_magic> head{};
  const ssize_t size = read_at(descriptor, head.data(), head.size(), 0);
  if (size < 0) throw_errno("cannot read");
  return compression_of({head.data(), static_cast<std::size_t>(size)});
}

}  // namespace logpipe::follow
