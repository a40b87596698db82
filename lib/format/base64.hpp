#pragma once

#include <logpipe/base/output.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace logpipe::format {

/// The bytes in base64 (RFC 4648, with padding, no line breaks).
void append_base64(output_buffer& out, std::string_view bytes);

/// The reverse: writes the bytes to `to`, where there must be room for text.size() / 4 * 3, and
/// says how many they are. Nothing for what is no such text; part of it may have been written then.
std::optional<std::size_t> decode_base64(std::string_view text, char* to);

}  // namespace logpipe::format
