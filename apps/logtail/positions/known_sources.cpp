#include "known_sources.hpp"

#include "common/exit_code.hpp"

#include <logpipe/base/nearest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

namespace logpipe::logtail {
namespace {

std::vector<std::string> all_of(const ship::kept_positions& kept) {
  std::set<std::string> paths;
  for (const auto& source : kept.sources)
    paths.insert(source.path);
  for (const auto& generation : kept.generations)
    paths.insert(generation.source);
  return {paths.begin(), paths.end()};
}

bool is_one_of(const std::string& path, std::span<const std::string> sources) {
  return std::find(sources.begin(), sources.end(), path) != sources.end();
}

}  // namespace

void expect_known(std::string_view option, std::span<const std::string> sources,
                  const ship::kept_positions& kept) {
  const auto known = all_of(kept);
  for (const auto& path : sources) {
    if (std::binary_search(known.begin(), known.end(), path)) continue;
    const auto meant = nearest(path, known);
    throw app::usage_error(fmt::format("{}: nothing is kept of \"{}\"; {}", option, path,
                                       meant ? fmt::format("did you mean \"{}\"?", *meant)
                                             : "--status without a PATH shows what is"));
  }
}

void keep_only(ship::kept_positions& kept, std::span<const std::string> sources) {
  std::erase_if(kept.sources,
                [&](const ship::kept_source& each) { return !is_one_of(each.path, sources); });
  std::erase_if(kept.generations, [&](const follow::kept_generation& each) {
    return !is_one_of(each.source, sources);
  });
}

}  // namespace logpipe::logtail
