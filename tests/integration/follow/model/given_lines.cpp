#include "given_lines.hpp"

#include "broken_promise.hpp"

namespace logpipe::follow::testing {

namespace {

bool is_piece(std::string_view content, const chunk& given, std::size_t max_line) {
  const auto expected = content.substr(given.begin, max_line);
  return given.lines.size() == 1 && given.lines[0] == expected &&
         expected.find('\n') == std::string_view::npos && given.end == given.begin + max_line;
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr std::size_t most = 24;
  std::string quoted = "\"" + std::string(text.substr(0, most)) + "\"";
  if (text.size() > most) quoted += "... (" + std::to_string(text.size()) + " bytes)";
  return quoted;
}

void require_lines(const std::string& name, std::string_view content, const chunk& given,
                   std::size_t max_line) {
  const auto broken = [&](const std::string& what) { throw broken_promise(name + ": " + what); };
  if (given.partial) {
    if (is_piece(content, given, max_line)) return;
    broken("a piece of a long line is wrong: " + shown(given.lines.at(0)));
  }
  std::string_view left = content.substr(given.begin, given.end - given.begin);
  for (const auto line : given.lines) {
    const auto line_end = left.find('\n');
    std::string_view expected = left.substr(0, line_end);
    const bool ended = line_end != std::string_view::npos;
    if (ended && expected.ends_with('\r')) expected.remove_suffix(1);
    if (line != expected || given.offset_of(line) != given.end - left.size() ||
        line.size() > max_line || line.data() == nullptr) {
      broken("given " + shown(line) + " at " + std::to_string(given.offset_of(line)) +
             ", expected " + shown(expected) + " at " + std::to_string(given.end - left.size()));
    }
    left.remove_prefix(ended ? line_end + 1 : left.size());
  }
  if (!left.empty()) broken("a chunk says it has lines that it does not have: " + shown(left));
}

}  // namespace logpipe::follow::testing
