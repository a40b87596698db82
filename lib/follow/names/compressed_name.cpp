#include <logpipe/follow/names/compressed_name.hpp>

#include <algorithm>
#include <array>

namespace logpipe::follow {

std::string_view without_compressed_ending(std::string_view path) {
  static constexpr std::array<std::string_view, 5> endings{".gz", ".bz2", ".xz", ".zst", ".lz4"};
  const auto* const found =
      std::find_if(endings.begin(), endings.end(),
                   [path](std::string_view ending) { return path.ends_with(ending); });
  if (found != endings.end()) path.remove_suffix(found->size());
  return path;
}

bool has_compressed_name(std::string_view path) {
  return without_compressed_ending(path).size() != path.size();
}

}  // namespace logpipe::follow
