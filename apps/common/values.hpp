#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace logpipe::app {

// An option's text as a value. Each throws usage_error that names the option and the forms it
// takes.

std::chrono::milliseconds duration_value(std::string_view option, std::string_view text);
std::uint64_t size_value(std::string_view option, std::string_view text);
/// At least `least`.
std::int64_t integer_value(std::string_view option, std::string_view text, std::int64_t least);

}  // namespace logpipe::app
