// Random stories of logs and their reader, judged by a model of the contract.
//   FOLLOW_SEED=N         the first seed; `random` for a new one
//   FOLLOW_SEQUENCES=N    how many stories, each with the next seed
//   FOLLOW_OPERATIONS=N   how much happens in each
//   FOLLOW_ONLY=N,N,...   of this, only what has these numbers; a failure says which are enough
#include "random_story.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

using namespace logpipe::follow::testing;

namespace {

using numbers = std::vector<std::size_t>;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  if (text == nullptr) return otherwise;
  if (std::string(text) == "random") return std::random_device()();
  return std::strtoull(text, nullptr, 10);
}

numbers operations_wanted() {
  numbers wanted;
  if (const char* only = std::getenv("FOLLOW_ONLY")) {
    std::istringstream list(only);
    for (std::string number; std::getline(list, number, ',');) {
      wanted.push_back(std::stoull(number));
    }
    return wanted;
  }
  wanted.resize(number_from("FOLLOW_OPERATIONS", 30));
  std::iota(wanted.begin(), wanted.end(), 0);
  return wanted;
}

struct failure {
  std::string what;
  std::string story;
};

std::optional<failure> run(std::uint64_t seed, const numbers& operations) {
  random_story story(seed);
  try {
    story.run(operations);
  } catch (const broken_promise& broken) {
    return failure{broken.what(), story.told()};
  }
  return std::nullopt;
}

/// Leaves out what the failure does not need.
numbers reduced(std::uint64_t seed, numbers operations) {
  for (std::size_t i = operations.size(); i-- != 0;) {
    numbers fewer = operations;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (run(seed, fewer)) operations = std::move(fewer);
  }
  return operations;
}

std::string listed(const numbers& operations) {
  std::string list;
  for (const std::size_t number : operations) {
    list += (list.empty() ? "" : ",") + std::to_string(number);
  }
  return list;
}

}  // namespace

TEST_CASE("whatever happens to logs, their lines come once and in order") {
  const std::uint64_t first = number_from("FOLLOW_SEED", 1);
  const std::uint64_t sequences = number_from("FOLLOW_SEQUENCES", 2000);
  const numbers operations = operations_wanted();
  for (std::uint64_t seed = first; seed != first + sequences; ++seed) {
    const auto failed = run(seed, operations);
    if (!failed) continue;
    const numbers enough = reduced(seed, operations);
    const auto shown = run(seed, enough).value_or(*failed);
    FAIL("FOLLOW_SEED=" << seed << " FOLLOW_SEQUENCES=1 FOLLOW_ONLY=" << listed(enough) << ": "
                        << shown.what << "\n  " << shown.story);
  }
}
