#pragma once

#include <logpipe/format/packing.hpp>

#include <cstddef>
#include <limits>
#include <string>

namespace logpipe::format {

/// Which bytes of keys, values, headers and topics are printed as \xNN instead of themselves.
enum class escaping {
  none,
  /// Control characters (C0, tab and newline too; DEL; C1 as UTF-8) and whatever is not UTF-8: a
  /// record cannot drive a terminal.
  unsafe,
};

/// How the tokens of a format print what they stand for.
struct text_options {
  escaping escape = escaping::none;
  /// What a null key or value prints as; so does a header that is not there.
  std::string null_text{};
  /// So many bytes of a value are printed, the last UTF-8 sequence whole, then how many there are:
  /// `... (3000000 bytes)`. At least 4.
  std::size_t most_value = std::numeric_limits<std::size_t>::max();
  record_packing packing{};
  /// Topic, partition and key in colours, by the sequences of ECMA-48.
  bool color = false;
};

}  // namespace logpipe::format
