#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace logpipe {

/// The one of `candidates` that a person most likely meant by `word`: smallest Damerau-Levenshtein
/// distance (insert, delete, substitute, swap neighbours), the first among equals. Nothing when
/// even the nearest differs in more than a third of the word's letters (but at least two
/// differences are forgiven in a word of four letters or more).
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace logpipe
