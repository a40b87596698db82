#pragma once

#include <logpipe/base/pattern.hpp>
#include <logpipe/base/time.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace logpipe::app {

// An option's text as a value. Each throws usage_error that names the option and the forms it
// takes.

std::chrono::milliseconds duration_value(std::string_view option, std::string_view text);
std::uint64_t size_value(std::string_view option, std::string_view text);
/// A point in time, in milliseconds since the epoch; parse_time() has the forms.
std::int64_t time_value(std::string_view option, std::string_view text,
                        std::int64_t now = wall_clock_now());
/// At least `least`.
std::int64_t integer_value(std::string_view option, std::string_view text, std::int64_t least);
/// One byte at least, with the escapes of unescape().
std::string bytes_value(std::string_view option, std::string_view text);
/// A regular expression of RE2's.
pattern pattern_value(std::string_view option, const std::string& text, pattern_options how = {});

}  // namespace logpipe::app
