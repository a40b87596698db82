#include "start_position.hpp"

#include "common/exit_code.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace logpipe::logcat {

start_position parse_start(std::string_view text) {
  using kind = start_position::kind;
  if (text == "newest" || text == "end") return {kind::newest, 0};
  if (text == "oldest" || text == "beginning") return {kind::oldest, 0};
  constexpr std::string_view forms =
      "write newest, oldest, N (an offset) or -N (the last N records of each partition)";
  if (text.starts_with("s@") || text.starts_with("e@") || text.starts_with('@')) {
    const auto at = text.find('@');
    throw app::usage_error(fmt::format("there is no -o {}: write {} {}", text,
                                       text.front() == 'e' ? "--until" : "--since",
                                       text.substr(at + 1)));
  }
  if (text == "stored") {
    throw app::usage_error(fmt::format("-o {} is kcat's; {}", text, forms));
  }
  const auto number = parse_integer(text);
  if (!number || text == "-9223372036854775808") {
    throw app::usage_error(fmt::format("-o: \"{}\" is no place to begin; {}", text, forms));
  }
  if (text.front() == '-') return {kind::last, -*number};
  return {kind::offset, *number};
}

std::int64_t start_offset(const start_position& start, std::int64_t begin, std::int64_t end) {
  using kind = start_position::kind;
  switch (start.what) {
    case kind::oldest:
      return begin;
    case kind::newest:
      return end;
    case kind::offset:
      return std::clamp(start.number, begin, end);
    case kind::last:
      return start.number < end - begin ? end - start.number : begin;
    case kind::time:
      break;
  }
  return begin;
}

}  // namespace logpipe::logcat
