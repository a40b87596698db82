#pragma once

#include <logpipe/base/output.hpp>
#include <logpipe/base/record.hpp>

#include <string_view>

namespace logpipe::format {

/// Appends a JSON string with its quotes. `text` must be UTF-8. C1 controls are escaped too, so
/// that the text cannot drive a terminal.
void append_json_string(output_buffer& out, std::string_view text);

/// Appends a key or value: null, a string, or {"base64":"..."} for bytes that are not UTF-8.
/// Whether they are is found out in the course of the copy.
void append_json_bytes(output_buffer& out, bytes value);

/// Appends {"base64":"..."} whatever the bytes are, and null for none.
void append_json_base64(output_buffer& out, bytes value);

}  // namespace logpipe::format
