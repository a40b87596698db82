#include <logpipe/follow/missed.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

namespace fs = std::filesystem;

bool is_rotated_name(std::string_view name, std::string_view log) {
  if (!name.starts_with(log) || name.size() < log.size() + 2) return false;
  name.remove_prefix(log.size());
  if (name.front() != '.' && name.front() != '-') return false;
  return name.substr(1).find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::vector<std::string> missed_generations(const std::string& path, const identity& before,
                                            const identity& after) {
  if (before.birth == 0 || after.birth == 0 || before.device != after.device) return {};
  const std::string log = fs::path(path).filename();
  fs::path directory = fs::path(path).parent_path();
  if (directory.empty()) directory = ".";

  std::vector<std::pair<std::int64_t, std::string>> found;
  std::error_code unlistable;
  for (fs::directory_iterator at(directory, unlistable), end; !unlistable && at != end;
       at.increment(unlistable)) {
    if (!is_rotated_name(at->path().filename().native(), log)) continue;
    const auto status = status_of(at->path().native());
    if (!status || !S_ISREG(status->mode) || status->id == before || status->id == after) continue;
    if (status->id.birth < before.birth || status->id.birth > after.birth) continue;
    found.emplace_back(status->id.birth, at->path());
  }
  std::sort(found.begin(), found.end());

  std::vector<std::string> names;
  for (auto& [birth, name] : found)
    names.push_back(std::move(name));
  return names;
}

}  // namespace logpipe::follow
