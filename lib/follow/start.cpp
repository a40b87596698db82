#include <logpipe/base/fd.hpp>
#include <logpipe/follow/start.hpp>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>

namespace logpipe::follow {

namespace {

/// The offset behind the `count`th line end before `size`, counted from 1 backwards; 0 when there
/// are fewer. `stop` is where the search ends without one.
struct found {
  std::uint64_t offset;
  bool stopped;
};

found behind_line_end(int descriptor, std::uint64_t size, std::uint64_t count, std::uint64_t stop) {
  constexpr std::size_t block_size = 65536;
  const auto block = std::make_unique_for_overwrite<char[]>(block_size);
  while (size > stop) {
    const auto part = std::min<std::uint64_t>(block_size, size - stop);
    const ssize_t n = ::pread(descriptor, block.get(), part, static_cast<off_t>(size - part));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw_errno("cannot read");
    size -= part;
    std::string_view text(block.get(), static_cast<std::size_t>(n));
    for (auto at = text.rfind('\n'); at != std::string_view::npos; at = text.rfind('\n')) {
      if (--count == 0) return {size + at + 1, false};
      text = text.substr(0, at);
    }
  }
  return {stop, stop != 0};
}

}  // namespace

std::uint64_t start_offset(int descriptor, std::uint64_t size, const start_at& start,
                           std::size_t max_line) {
  switch (start.where) {
    case start_at::kind::beginning:
      return 0;
    case start_at::kind::end: {
      const std::uint64_t stop = size - std::min<std::uint64_t>(size, max_line);
      const auto line = behind_line_end(descriptor, size, 1, stop);
      return line.stopped ? size : line.offset;
    }
    case start_at::kind::last_lines: {
      if (start.lines == 0 || size == 0) return size;
      // The last byte is left out: when it is a line end, it is that of the last line.
      return behind_line_end(descriptor, size - 1, start.lines, 0).offset;
    }
  }
  return 0;
}

}  // namespace logpipe::follow
