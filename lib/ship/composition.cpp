#include <logpipe/ship/composition.hpp>

#include <algorithm>

namespace logpipe::ship {

bool composition::takes(std::string_view line) const {
  const auto found = [line](const pattern& each) { return each.found_in(line); };
  const bool included = include.empty() || std::any_of(include.begin(), include.end(), found);
  return included && std::none_of(drop.begin(), drop.end(), found);
}

}  // namespace logpipe::ship
