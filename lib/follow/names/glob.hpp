#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace logpipe::follow {

/// A shell pattern over paths, as bash has it with globstar: `*`, `?` and `[...]` within a name,
/// `**` for any number of directories, `\` before a character that is meant as it is. A leading dot
/// is only matched by a dot. Braces are not known here, see expand_braces().
///
/// Paths that are asked about are written as walking down from base() writes them: base() joined
/// with the names by '/', where a base() of "." is left out.
class glob {
public:
  explicit glob(std::string_view pattern);
  /// All that lies in a directory, hidden names too; `recursive`: in the whole tree.
  static glob everything_in(std::string_view directory, bool recursive);

  bool matches(std::string_view path) const;
  /// Whether something in the directory, or further down, could match.
  bool may_match_below(std::string_view directory) const;
  /// The directory that all matches lie in: what stands before the first component with a wildcard,
  /// without escapes.
  const std::string& base() const noexcept { return m_base; }

private:
  glob() = default;

  std::string m_base;
  std::vector<std::string> m_components;
  bool m_absolute = false;
  bool m_hidden_too = false;
};

/// Whether a shell would take it for a pattern: there is a `*`, `?`, `[` or `{` without a `\`.
bool has_wildcard(std::string_view text);
/// Whether a PATH that was given is a pattern: it has a wildcard, and no file is called just so.
bool is_pattern(const std::string& path);

/// The patterns that `{a,b}` stands for, nested ones too; the text itself when it has no braces, or
/// only such as have no comma or no end.
std::vector<std::string> expand_braces(std::string_view pattern);

/// Whether a pattern of what is left out fits a path: one with a '/' the whole path, one without
/// its last name. A relative one counts from the working directory, one that begins with `**` from
/// anywhere. Hidden names are fitted by wildcards here: who leaves out `*.gz` means all.
bool leaves_out(const std::string& pattern, const std::string& path);

}  // namespace logpipe::follow
