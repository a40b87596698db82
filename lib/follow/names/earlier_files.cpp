#include <logpipe/follow/names/compressed_name.hpp>
#include <logpipe/follow/names/earlier_files.hpp>
#include <logpipe/follow/names/glob.hpp>
#include <logpipe/follow/names/real_path.hpp>
#include <logpipe/follow/names/rotated_name.hpp>

#include <fnmatch.h>
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <unordered_set>
#include <utility>

namespace logpipe::follow {

namespace {

namespace fs = std::filesystem;

struct candidate {
  std::string path;
  /// The groups of digits in what tells it from others of its log.
  std::vector<std::uint64_t> numbers;
  bool is_date;
  /// Nanoseconds since the epoch.
  std::int64_t modified;
};

/// Longer numbers are dates.
constexpr std::size_t longest_count = 3;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

candidate make_candidate(std::string path, std::string_view number, const struct stat& status) {
  candidate made{.path = std::move(path),
                 .numbers = {},
                 .is_date = false,
                 .modified = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
  std::size_t digits = 0;
  for (std::size_t at = 0; at < number.size(); ++at) {
    if (!is_digit(number[at])) continue;
    const bool begins = at == 0 || !is_digit(number[at - 1]);
    if (begins) made.numbers.push_back(0);
    made.numbers.back() = made.numbers.back() * 10 + static_cast<std::uint64_t>(number[at] - '0');
    ++digits;
  }
  made.is_date = digits > longest_count;
  return made;
}

void add(std::string path, std::string_view number, std::vector<candidate>& found) {
  struct stat status {};
  // One that has just gone is left in: who opens it learns that it has another name now.
  const bool is_there = ::stat(path.c_str(), &status) == 0;
  if (is_there ? !S_ISREG(status.st_mode) : errno != ENOENT) return;
  found.push_back(make_candidate(std::move(path), number, status));
}

void add_beside(const std::string& log, directory_lists& lists, std::vector<candidate>& found) {
  const std::string directory = directory_of(log);
  const std::string name = fs::path(log).filename();
  for (const auto& entry : lists.beginning_with(directory, name)) {
    const auto number = rotation_number(without_compressed_ending(entry.name), name);
    if (!number.empty()) add((fs::path(directory) / entry.name).native(), number, found);
  }
}

/// The text as a glob that matches it alone.
std::string literally(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("*?[]{},\\").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

void replace(std::string& in, std::string_view what, const std::string& by) {
  for (auto at = in.find(what); at != std::string::npos; at = in.find(what, at + by.size())) {
    in.replace(at, what.size(), by);
  }
}

/// What every name begins with that fits the pattern.
std::string literal_beginning(std::string_view pattern) {
  std::string text;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (std::string_view("*?[").find(pattern[at]) != std::string_view::npos) break;
    if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
    text += pattern[at];
  }
  return text;
}

std::vector<std::string> matches_by_walking(const std::string& pattern) {
  glob_t raw{};
  const bool any = ::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &raw) == 0;
  const std::unique_ptr<glob_t, decltype(&::globfree)> matches(&raw, &::globfree);
  return any ? std::vector<std::string>(raw.gl_pathv, raw.gl_pathv + raw.gl_pathc)
             : std::vector<std::string>();
}

/// Of a pattern without braces.
std::vector<std::string> matches_of(const std::string& pattern, directory_lists& lists) {
  const auto slash = pattern.rfind('/');
  const std::string_view directories(pattern.data(), slash);
  if (has_wildcard(directories)) return matches_by_walking(pattern);
  const std::string directory = slash == 0 ? "/" : literal_beginning(directories);
  const std::string last = pattern.substr(slash + 1);
  std::vector<std::string> matches;
  for (const auto& entry : lists.beginning_with(directory, literal_beginning(last))) {
    if (::fnmatch(last.c_str(), entry.name.c_str(), FNM_PERIOD) != 0) continue;
    matches.push_back((fs::path(directory) / entry.name).native());
  }
  return matches;
}

void add_matches(const std::string& log, std::string pattern, directory_lists& lists,
                 std::vector<candidate>& found) {
  const std::string name = fs::path(log).filename();
  if (!pattern.starts_with('/') && !pattern.starts_with("{path}")) {
    pattern = literally(directory_of(log)) + '/' + pattern;
  }
  replace(pattern, "{path}", literally(log));
  replace(pattern, "{name}", literally(name));
  if (pattern.find('/') == std::string::npos) pattern.insert(0, "./");
  for (const auto& one : expand_braces(pattern)) {
    for (auto& path : matches_of(one, lists)) {
      const std::string own = fs::path(path).filename();
      std::string_view number = without_compressed_ending(own);
      if (number.starts_with(name)) number.remove_prefix(name.size());
      if (path != log) add(std::move(path), number, found);
    }
  }
}

bool is_older(const candidate& one, const candidate& other) {
  if (one.is_date != other.is_date) return one.is_date;
  return one.is_date ? one.numbers < other.numbers : one.numbers > other.numbers;
}

void sort_by_age(std::vector<candidate>& files) {
  std::stable_sort(files.begin(), files.end(), is_older);
  const auto changed_before = [](const candidate& one, const candidate& other) {
    return one.modified < other.modified;
  };
  if (!std::is_sorted(files.begin(), files.end(), changed_before)) {
    std::stable_sort(files.begin(), files.end(), changed_before);
  }
}

}  // namespace

std::vector<earlier_file> earlier_files(const std::string& path,
                                        const std::vector<std::string>& rotated,
                                        directory_lists& lists) {
  std::vector<candidate> found;
  if (rotated.empty()) {
    add_beside(path, lists, found);
    std::error_code unknown;
    if (fs::is_symlink(path, unknown)) add_beside(real_path(path), lists, found);
  }
  for (const auto& pattern : rotated) {
    add_matches(path, pattern, lists, found);
  }
  sort_by_age(found);

  std::vector<earlier_file> files;
  files.reserve(found.size());
  std::unordered_set<std::string> known;  // two globs may match one
  for (auto& each : found) {
    const bool compressed = has_compressed_name(each.path);
    if (known.insert(each.path).second) files.push_back({std::move(each.path), compressed});
  }
  return files;
}

bool is_being_compressed(const earlier_file& file) {
  std::error_code unknown;
  return file.compressed && fs::exists(without_compressed_ending(file.path), unknown);
}

std::string pattern_for(const std::string& path, const std::string& old_name) {
  const std::string old = fs::path(old_name).filename();
  for (const fs::path log : {path, real_path(path)}) {
    const bool is_beside = directory_of(log) == directory_of(old_name);
    const auto plain = without_compressed_ending(old);
    if (is_beside && !rotation_number(plain, log.filename().native()).empty()) return {};
  }
  std::string pattern;
  for (std::size_t at = 0; at < old.size(); ++at) {
    if (!is_digit(old[at])) {
      pattern += literally(old.substr(at, 1));
    } else if (at == 0 || !is_digit(old[at - 1])) {
      pattern += "[0-9]*";
    }
  }
  return (fs::path(literally(directory_of(old_name))) / pattern).native();
}

std::optional<std::string> out_of_sight(const std::string& path, const std::string& old_name,
                                        const std::vector<std::string>& rotated) {
  std::string pattern = pattern_for(path, old_name);
  if (pattern.empty()) return std::nullopt;
  if (!rotated.empty()) {
    directory_lists lists;
    const auto found = earlier_files(path, rotated, lists);
    const auto is_it = [&](const earlier_file& each) { return each.path == old_name; };
    if (std::any_of(found.begin(), found.end(), is_it)) return std::nullopt;
  }
  return pattern;
}

}  // namespace logpipe::follow
