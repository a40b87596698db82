#include "told_stories.hpp"

#include <cstdlib>
#include <numeric>
#include <random>
#include <sstream>
#include <utility>

namespace logpipe::follow::testing {

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

/// Leaves out what the failure does not need.
numbers reduced(const told_story& tell, std::uint64_t seed, numbers operations) {
  for (std::size_t i = operations.size(); i-- != 0;) {
    numbers fewer = operations;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (tell(seed, fewer)) operations = std::move(fewer);
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

std::optional<std::string> first_broken(const told_story& tell, std::size_t sequences) {
  const std::uint64_t first = number_from("FOLLOW_SEED", 1);
  const std::uint64_t last = first + number_from("FOLLOW_SEQUENCES", sequences);
  const numbers operations = operations_wanted();
  for (std::uint64_t seed = first; seed != last; ++seed) {
    const auto broken = tell(seed, operations);
    if (!broken) continue;
    const numbers enough = reduced(tell, seed, operations);
    const auto shown = tell(seed, enough).value_or(*broken);
    return "FOLLOW_SEED=" + std::to_string(seed) +
           " FOLLOW_SEQUENCES=1 FOLLOW_ONLY=" + listed(enough) + ": " + shown.what + "\n  " +
           shown.told;
  }
  return std::nullopt;
}

}  // namespace logpipe::follow::testing
