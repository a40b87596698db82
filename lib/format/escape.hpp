#pragma once

#include <logpipe/base/output.hpp>

#include <string_view>

namespace logpipe::format {

/// Appends `text` with every control character (below 0x20, 0x7f, and U+0080 to U+009F) and every
/// byte that is not part of valid UTF-8 written as \xNN. A backslash stays as it is: this form is
/// for eyes; -J is the one that can be read back.
void append_escaped(output_buffer& out, std::string_view text);

/// Two lower-case hex digits for each byte.
void append_hex(output_buffer& out, std::string_view bytes);

}  // namespace logpipe::format
