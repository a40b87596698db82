#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logpipe {

// Each returns nothing for a text that is not wholly of its form; the caller knows which option it
// came from and words the error.

/// Some hundred years: from any moment so far on can be told in nanoseconds, as clocks count.
constexpr std::chrono::days longest_duration{36'500};

/// "250ms", "10s", "5m", "2h", "7d": a whole number and a unit. No sign, no fraction, not beyond
/// longest_duration.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// "64K", "10M", "1G" in powers of 1024, or plain bytes.
std::optional<std::uint64_t> parse_size(std::string_view text);

/// A whole decimal number that fits, with an optional '-'.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// \n \r \t \0 \\ and \xNN become their bytes; `bad` (if given) is set to the position of the first
/// escape that is none of these, and nothing is returned.
std::optional<std::string> unescape(std::string_view text, std::size_t* bad = nullptr);

/// "10s", "1.5M" and the like for messages: the largest unit that leaves a number of at least 1.
std::string format_duration(std::chrono::milliseconds value);
std::string format_size(std::uint64_t bytes);

}  // namespace logpipe
