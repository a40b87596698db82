#include <logpipe/follow/names/rotated_name.hpp>

#include <filesystem>
#include <system_error>

namespace logpipe::follow {

namespace {

constexpr std::string_view digits = "0123456789";

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

}  // namespace

std::string_view rotation_number(std::string_view name, std::string_view log) {
  if (!name.starts_with(log)) return {};
  name.remove_prefix(log.size());
  if (!name.starts_with('.') && !name.starts_with('-')) return {};
  name.remove_prefix(1);
  return is_number(name) ? name : std::string_view();
}

std::optional<std::string> rotated_from(std::string_view path) {
  const auto last = path.find_last_not_of(digits);
  if (last == std::string_view::npos || last + 1 == path.size()) return std::nullopt;
  const bool separated = path[last] == '.' || path[last] == '-';
  const bool named = last != 0 && path[last - 1] != '/';
  if (!separated || !named) return std::nullopt;
  return std::string(path.substr(0, last));
}

std::vector<std::string> rotated_names(const std::string& path) {
  const std::string log = std::filesystem::path(path).filename();
  std::filesystem::path directory = std::filesystem::path(path).parent_path();
  if (directory.empty()) directory = ".";
  std::vector<std::string> names;
  std::error_code unlistable;
  for (std::filesystem::directory_iterator at(directory, unlistable), end; !unlistable && at != end;
       at.increment(unlistable)) {
    const std::string name = at->path().filename();
    if (!rotation_number(name, log).empty()) names.push_back(at->path());
  }
  return names;
}

}  // namespace logpipe::follow
