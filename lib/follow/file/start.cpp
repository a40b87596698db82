#include <logpipe/base/fd.hpp>
#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/file/start.hpp>

#include <algorithm>
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

found behind_line_end(int descriptor, std::uint64_t size, std::uint64_t count, std::uint64_t stop,
                      const line_end& ends) {
  constexpr std::size_t block_size = 65536;
  const auto block = std::make_unique_for_overwrite<char[]>(block_size + line_end::longest);
  std::uint64_t end = size;  // where the next line end found ends at the latest
  while (size > stop) {
    size -= std::min<std::uint64_t>(block_size, size - stop);
    // A line end may lie across the blocks.
    const auto part = std::min<std::uint64_t>(block_size + ends.size() - 1, end - size);
    const ssize_t n = read_at(descriptor, block.get(), part, size);
    if (n < 0) throw_errno("cannot read");
    std::string_view text(block.get(), static_cast<std::size_t>(n));
    for (auto at = text.rfind(ends.text()); at != std::string_view::npos;
         at = text.rfind(ends.text())) {
      if (--count == 0) return {size + at + ends.size(), false};
      text = text.substr(0, at);
      end = size + at;
    }
  }
  return {stop, stop != 0};
}

}  // namespace

std::uint64_t start_offset(int descriptor, std::uint64_t size, const start_at& start,
                           const framing& how) {
  switch (start.where) {
    case start_at::kind::beginning:
      return 0;
    case start_at::kind::end: {
      const std::uint64_t stop =
          size - std::min<std::uint64_t>(size, how.max_line + how.end.size());
      const auto line = behind_line_end(descriptor, size, 1, stop, how.end);
      return line.stopped ? size : line.offset;
    }
    case start_at::kind::last_lines: {
      if (start.lines == 0 || size == 0) return size;
      // The last byte is left out: when it is a line end, it is that of the last line.
      return behind_line_end(descriptor, size - 1, start.lines, 0, how.end).offset;
    }
  }
  return 0;
}

}  // namespace logpipe::follow
