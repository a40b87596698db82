#pragma once

#include <logpipe/base/output.hpp>
#include <logpipe/base/record.hpp>

#include <string_view>

namespace logpipe::format {

/// Appends a JSON string with its quotes. `text` must be UTF-8. C1 controls are escaped too, so
/// that the text cannot drive a terminal.
void append_json_string(output_buffer& out, std::string_view text);

/// Appends a key or value: null, a string, or {"base64":"..."} for bytes that are not UTF-8.
void append_json_bytes(output_buffer& out, bytes value);

/// One record as one line of JSON, lossless, newline included:
/// {"topic","partition","offset","timestamp","timestamp_type","headers":[["name","value"]],"key","value"}.
/// A partition below 0 or an offset below 0 (not known before the record is sent) is null, and so
/// is the timestamp of a record without one.
void append_json_record(output_buffer& out, const record& record);

}  // namespace logpipe::format
