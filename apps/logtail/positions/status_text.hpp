#pragma once

#include "source_status.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace logpipe::logtail {

/// A table for eyes: a row for each source, below it one for each file where these are several, and
/// a line of totals. `now`: milliseconds since the epoch.
std::string status_table(std::span<const source_status> sources, std::int64_t now);

/// One line of JSON for each source, newline included; the names are part of the contract.
std::string status_json(std::span<const source_status> sources, std::int64_t now);

/// How long the source has been behind, in milliseconds; 0 when it is not.
std::int64_t age_of(const source_status& source, std::int64_t now);

}  // namespace logpipe::logtail
