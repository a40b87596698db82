#pragma once

#include <logpipe/base/output.hpp>

#include <string_view>

namespace logpipe::format {

/// The bytes in base64 (RFC 4648, with padding, no line breaks).
void append_base64(output_buffer& out, std::string_view bytes);

}  // namespace logpipe::format
