#include "start_position.hpp"

#include "common/exit_code.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace logpipe::logcat {
namespace {

constexpr std::string_view forms =
    "write newest, oldest, N (an offset) or -N (the last N records of each partition)";

/// What kcat, kcl, rpk and the console consumer write; nothing where it is none of theirs.
std::string advice_for(std::string_view text) {
  if (text == "stored") return fmt::format("-G ID goes on where a group is; otherwise {}", forms);
  if (text == "start" || text == "earliest") return "write oldest";
  if (text == "latest") return "write newest";
  if (text == ":end") return "write -e";
  const auto at = text.find('@');
  if (at > 1 || (at == 1 && text.front() != 's' && text.front() != 'e')) return "";
  const auto time = text.substr(at + 1);
  if (at == 1) return fmt::format("write {} {}", text.front() == 'e' ? "--until" : "--since", time);
  const auto colon = time.find(':');
  // One colon stands between two times, more within one.
  if (colon == std::string_view::npos || colon != time.rfind(':')) {
    return fmt::format("write --since {}", time);
  }
  return fmt::format("write --since {} --until {}", time.substr(0, colon), time.substr(colon + 1));
}

}  // namespace

start_position parse_start(std::string_view text) {
  using kind = start_position::kind;
  if (text == "newest" || text == "end") return {kind::newest, 0};
  if (text == "oldest" || text == "beginning") return {kind::oldest, 0};
  if (const auto advice = advice_for(text); !advice.empty()) {
    throw app::usage_error(fmt::format("there is no -o {}: {}", text, advice));
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
