#pragma once

#include <logpipe/format/record_format.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace logpipe::format {

/// What a format string is made of. `token::literal` carries the text between two tokens with its
/// escapes resolved, `token::time` a strftime pattern, `token::header` a header's name.
struct format_part {
  token what;
  std::string text;
};

/// Takes a format string apart; neighbouring literals are one part. Throws format_error.
std::vector<format_part> parse_format(std::string_view text);

}  // namespace logpipe::format
