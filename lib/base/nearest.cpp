#include <logpipe/base/nearest.hpp>

#include <algorithm>
#include <vector>

namespace logpipe {
namespace {

/// Optimal string alignment distance (Damerau-Levenshtein where no piece is edited twice).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    d[i][0] = i;
  }
  for (std::size_t j = 0; j <= b.size(); ++j) {
    d[0][j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::size_t forgiven = std::max<std::size_t>(word.size() / 3, word.size() >= 4 ? 2 : 1);
  const std::string* best = nullptr;
  std::size_t best_distance = forgiven + 1;
  for (const auto& candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), word.size());
    if (longer - std::min(candidate.size(), word.size()) >= best_distance) continue;
    const std::size_t found = distance(word, candidate);
    if (found < best_distance) {
      best = &candidate;
      best_distance = found;
    }
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

}  // namespace logpipe
