#include <logpipe/follow/names/rotated_name.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace logpipe::follow {

namespace {

namespace fs = std::filesystem;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Groups of digits, as in a date: they are separated by one character each.
bool is_number(std::string_view text) {
  bool after_digit = false;
  for (const char c : text) {
    const bool separates = after_digit && (c == '-' || c == '_' || c == 'T');
    if (!is_digit(c) && !separates) return false;
    after_digit = is_digit(c);
  }
  return after_digit;
}

void add_beside(const fs::path& log, std::vector<rotated_file>& found) {
  const std::string name = log.filename();
  const fs::path directory = log.has_parent_path() ? log.parent_path() : fs::path(".");
  std::error_code unlistable;
  for (fs::directory_iterator at(directory, unlistable), end; !unlistable && at != end;
       at.increment(unlistable)) {
    const std::string other = at->path().filename();
    const auto number = rotation_number(other, name);
    if (!number.empty()) found.push_back({at->path(), std::string(number)});
  }
}

}  // namespace

std::string_view rotation_number(std::string_view name, std::string_view log) {
  if (!name.starts_with(log)) return {};
  name.remove_prefix(log.size());
  if (!name.starts_with('.') && !name.starts_with('-')) return {};
  name.remove_prefix(1);
  return is_number(name) ? name : std::string_view();
}

std::vector<std::string> rotated_from(std::string_view path) {
  std::vector<std::string> logs;
  for (std::size_t at = path.size(); at-- > 1 && path[at] != '/';) {
    if (path[at] != '.' && path[at] != '-') continue;
    if (path[at - 1] == '/' || !is_number(path.substr(at + 1))) continue;
    logs.emplace_back(path.substr(0, at));
  }
  std::reverse(logs.begin(), logs.end());
  return logs;
}

std::vector<rotated_file> rotated_files(const std::string& path) {
  std::vector<rotated_file> found;
  add_beside(path, found);
  std::error_code failed;
  if (fs::is_symlink(path, failed)) {
    const fs::path target = fs::canonical(path, failed);
    if (!failed && target != path) add_beside(target, found);
  }
  return found;
}

}  // namespace logpipe::follow
