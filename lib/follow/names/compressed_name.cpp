#include <logpipe/follow/names/compressed_name.hpp>

#include <algorithm>
#include <array>

namespace logpipe::follow {

bool has_compressed_name(std::string_view path) {
  static constexpr std::array<std::string_view, 5> endings{".gz", ".bz2", ".xz", ".zst", ".lz4"};
  return std::any_of(endings.begin(), endings.end(),
                     [path](std::string_view ending) { return path.ends_with(ending); });
}

}  // namespace logpipe::follow
