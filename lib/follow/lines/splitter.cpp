#include <logpipe/follow/lines/splitter.hpp>

#include <cstddef>
#include <cstring>

namespace logpipe::follow {

namespace {

/// `find(from)` gives the next line end or null. A template, so that the usual line end of one byte
/// costs a memchr(3) a line and no more.
template <typename Find>
split_end split(const framing& how, const char* line, const char* from,
                std::vector<std::string_view>& lines, Find find) {
  const std::size_t max_line = how.max_line;
  const std::size_t end_size = how.end.size();
  const bool takes_return = how.end.takes_return();
  while (const char* found = find(from)) {
    auto size = static_cast<std::size_t>(found - line);
    if (takes_return && size != 0 && found[-1] == '\r') --size;
    if (size > max_line) [[unlikely]] {
      return {line, line + size, found + end_size};
    }
    lines.emplace_back(line, size);
    line = from = found + end_size;
  }
  return {line};
}

}  // namespace

split_end split_lines(const framing& how, const char* line, const char* searched, const char* end,
                      std::vector<std::string_view>& lines) {
  if (how.end.size() == 1) {
    const char byte = how.end.text().front();
    return split(how, line, searched, lines, [=](const char* from) {
      const auto size = static_cast<std::size_t>(end - from);
      return static_cast<const char*>(std::memchr(from, byte, size));
    });
  }
  return split(how, line, how.end.search_from(line, searched), lines,
               [&](const char* from) { return how.end.find(from, end); });
}

}  // namespace logpipe::follow
