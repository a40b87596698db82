#include <logpipe/follow/missed.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

namespace fs = std::filesystem;

/// What follows the log's name and a '.' or '-', if it is digits alone; otherwise empty.
std::string_view rotation_number(std::string_view name, std::string_view log) {
  if (!name.starts_with(log)) return {};
  name.remove_prefix(log.size());
  if (!name.starts_with('.') && !name.starts_with('-')) return {};
  name.remove_prefix(1);
  return name.find_first_not_of("0123456789") == std::string_view::npos ? name : std::string_view();
}

struct candidate {
  std::int64_t birth;
  std::string number;
  std::string path;
};

/// Births are counted in ticks of a few milliseconds. Within one the names decide: small numbers
/// grow with age, long ones are dates.
bool is_older(const candidate& one, const candidate& other) {
  if (one.birth != other.birth) return one.birth < other.birth;
  const bool dates = one.number.size() > 3 && other.number.size() > 3;
  const bool smaller = one.number.size() != other.number.size()
                           ? one.number.size() < other.number.size()
                           : one.number < other.number;
  return dates == smaller && one.number != other.number;
}

}  // namespace

std::vector<std::string> missed_generations(const std::string& path, const identity& before,
                                            const identity& after) {
  if (before.birth == 0 || after.birth == 0 || before.device != after.device) return {};
  const std::string log = fs::path(path).filename();
  fs::path directory = fs::path(path).parent_path();
  if (directory.empty()) directory = ".";

  std::vector<candidate> found;
  std::error_code unlistable;
  for (fs::directory_iterator at(directory, unlistable), end; !unlistable && at != end;
       at.increment(unlistable)) {
    const std::string name = at->path().filename();
    const std::string_view number = rotation_number(name, log);
    if (number.empty()) continue;
    const auto status = status_of(at->path().native());
    if (!status || !S_ISREG(status->mode) || status->id == before || status->id == after) continue;
    if (status->id.birth < before.birth || status->id.birth > after.birth) continue;
    found.push_back({status->id.birth, std::string(number), at->path()});
  }
  std::sort(found.begin(), found.end(), is_older);

  std::vector<std::string> names;
  names.reserve(found.size());
  for (auto& file : found) {
    names.push_back(std::move(file.path));
  }
  return names;
}

}  // namespace logpipe::follow
