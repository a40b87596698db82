#pragma once

#include "broken_promise.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::follow::testing {

/// How a story broke a promise, and what it tells.
struct broken_story {
  std::string what;
  std::string told;
};

/// Tells one: of the operations that the seed has in store those with these numbers.
using told_story =
    std::function<std::optional<broken_story>(std::uint64_t seed, const std::vector<std::size_t>&)>;

/// A story of this kind, which is made from a seed and has run(operations) and told().
template <typename Story>
std::optional<broken_story> tell(std::uint64_t seed, const std::vector<std::size_t>& operations) {
  Story story(seed);
  try {
    story.run(operations);
  } catch (const broken_promise& broken) {
    return broken_story{broken.what(), story.told()};
  }
  return std::nullopt;
}

/// Tells many, until one breaks a promise: gives a message with what is enough for it to break, and
/// how that one is told again. Nothing: none does. The environment says which:
///   FOLLOW_SEED=N         the first seed; `random` for a new one
///   FOLLOW_SEQUENCES=N    how many stories, each with the next seed
///   FOLLOW_OPERATIONS=N   how much happens in each
///   FOLLOW_ONLY=N,N,...   of this, only what has these numbers
std::optional<std::string> first_broken(const told_story& tell, std::size_t sequences);

}  // namespace logpipe::follow::testing
