#include <logpipe/follow/names/missed.hpp>
#include <logpipe/follow/names/rotated_name.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace logpipe::follow {

namespace {

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
  std::vector<candidate> found;
  for (auto& [name, number] : rotated_files(path)) {
    const auto status = status_of(name);
    if (!status || !S_ISREG(status->mode) || status->id == before || status->id == after) continue;
    if (status->id.birth < before.birth || status->id.birth > after.birth) continue;
    found.push_back({status->id.birth, std::move(number), std::move(name)});
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
