#include <logpipe/follow/names/glob.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <span>
#include <utility>

namespace logpipe::follow {

namespace {

constexpr std::string_view any_directories = "**";

/// Without empty ones and ".", which lead nowhere.
std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const auto part = path.substr(0, end);
    if (!part.empty() && part != ".") parts.emplace_back(part);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

std::string without_escapes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

std::string with_escapes(std::string_view plain) {
  std::string text;
  for (const char c : plain) {
    if (std::string_view("*?[{}\\,").find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return text;
}

using parts = std::span<const std::string>;

enum class extent { whole, beginning };

/// Whether the names fit the pattern, or, with `beginning`, could be followed by names that do.
bool fits(parts pattern, parts names, extent what, bool hidden_too) {
  if (names.empty() && what == extent::beginning) return !pattern.empty();
  if (pattern.empty()) return names.empty();
  const bool hidden = !names.empty() && names.front().starts_with('.');
  if (pattern.front() == any_directories) {
    // At the end it stands for files too, at least one name.
    if (pattern.size() > 1 && fits(pattern.subspan(1), names, what, hidden_too)) return true;
    if (names.empty() || (hidden && !hidden_too)) return false;
    const bool last = pattern.size() == 1 && names.size() == 1;
    return (last && what == extent::whole) || fits(pattern, names.subspan(1), what, hidden_too);
  }
  const int flags = hidden_too ? 0 : FNM_PERIOD;
  return !names.empty() && ::fnmatch(pattern.front().c_str(), names.front().c_str(), flags) == 0 &&
         fits(pattern.subspan(1), names.subspan(1), what, hidden_too);
}

struct braces {
  /// What stands between the commas; none when the brace is not closed.
  std::vector<std::string_view> choices;
  std::size_t end = 0;
};

braces braces_at(std::string_view pattern, std::size_t open) {
  braces found;
  std::size_t choice = open + 1;
  int depth = 0;
  for (std::size_t at = choice; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\\') ++at;
    if (c == '{') ++depth;
    if (depth == 0 && (c == ',' || c == '}')) {
      found.choices.push_back(pattern.substr(choice, at - choice));
      choice = at + 1;
    }
    if (c == '}' && depth-- == 0) {
      found.end = at + 1;
      return found;
    }
  }
  return {};
}

}  // namespace

glob::glob(std::string_view pattern)
    : m_components(split(pattern)), m_absolute(pattern.starts_with('/')) {
  m_base.assign(m_absolute ? 1 : 0, '/');
  for (std::size_t i = 0; i + 1 < m_components.size(); ++i) {
    if (has_wildcard(m_components[i])) break;
    if (i != 0) m_base += '/';
    m_base += without_escapes(m_components[i]);
  }
  if (m_base.empty()) m_base.assign(1, '.');
}

glob glob::everything_in(std::string_view directory, bool recursive) {
  const std::string_view below = recursive ? any_directories : "*";
  glob made(with_escapes(directory) + '/' + std::string(below));
  made.m_hidden_too = true;
  return made;
}

bool glob::matches(std::string_view path) const {
  return path.starts_with('/') == m_absolute &&
         fits(m_components, split(path), extent::whole, m_hidden_too);
}

bool glob::may_match_below(std::string_view directory) const {
  return directory.starts_with('/') == m_absolute &&
         fits(m_components, split(directory), extent::beginning, m_hidden_too);
}

bool has_wildcard(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (std::string_view("*?[{").find(text[i]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

bool is_pattern(const std::string& path) {
  struct stat there {};
  return has_wildcard(path) && ::lstat(path.c_str(), &there) != 0;
}

std::vector<std::string> expand_braces(std::string_view pattern) {
  for (std::size_t open = 0; open < pattern.size(); ++open) {
    if (pattern[open] == '\\') {
      ++open;
      continue;
    }
    if (pattern[open] != '{') continue;
    const braces found = braces_at(pattern, open);
    if (found.choices.size() < 2) continue;
    std::vector<std::string> expanded;
    for (const auto choice : found.choices) {
      std::string one(pattern.substr(0, open));
      one.append(choice).append(pattern.substr(found.end));
      auto more = expand_braces(one);
      std::move(more.begin(), more.end(), std::back_inserter(expanded));
    }
    return expanded;
  }
  return {std::string(pattern)};
}

bool leaves_out(const std::string& pattern, const std::string& path) {
  const auto names = split(path);
  if (pattern.find('/') == std::string::npos) {
    return !names.empty() && ::fnmatch(pattern.c_str(), names.back().c_str(), 0) == 0;
  }
  const auto wanted = split(pattern);
  const bool anywhere = !wanted.empty() && wanted.front() == any_directories;
  if ((anywhere && !pattern.starts_with('/')) ||
      pattern.starts_with('/') == path.starts_with('/')) {
    return fits(wanted, names, extent::whole, true);
  }
  return fits(split(full_path(pattern)), split(full_path(path)), extent::whole, true);
}

}  // namespace logpipe::follow
