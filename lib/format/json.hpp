#pragma once

#include <logpipe/base/output.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/format/json_text.hpp>

namespace logpipe::format {

/// One record as one line of JSON, lossless, newline included:
/// {"topic","partition","offset","timestamp","timestamp_type","headers":[["name","value"]],"key","value"}.
/// A partition below 0 or an offset below 0 (not known before the record is sent) is null, and so
/// is the timestamp of a record without one.
void append_json_record(output_buffer& out, const record& record);

}  // namespace logpipe::format
