#pragma once

#include <logpipe/base/record.hpp>
#include <logpipe/format/byte_block.hpp>
#include <logpipe/format/put.hpp>

#include <cstddef>
#include <string_view>

namespace logpipe::format {

// Text that stands for itself between the quotes of a JSON string, as nearly all of a log does.

/// True for controls, the quote, the backslash, DEL, and all that is beyond ASCII.
inline auto is_json_special(byte_block b) noexcept {
  constexpr signed char del = 0x7f;
  return (b < ' ') | (b == '"') | (b == '\\') | (b == del);
}

/// Where a text is longer, nobody counts what the other way of writing it takes.
inline constexpr std::size_t longest_plain = 4096;

/// What put_plain_json may write over.
inline std::size_t room_for_plain(const bytes& value) noexcept {
  return (value && value->size() <= longest_plain ? value->size() : 0) + 2 * block_size;
}

/// Writes a key or value, null or a string with its quotes, and returns the end of it; a nullptr
/// where it is too long or not plain, and what stands at `at` means nothing then.
inline char* put_plain_json(char* at, const bytes& value) noexcept {
  constexpr put_literal put_null("null");
  if (!value) return put_null(at);
  const char* const from = value->data();
  const std::size_t size = value->size();
  if (size > longest_plain) return nullptr;
  *at++ = '"';
  if (size < block_size) {
    const byte_block block = load_rest(from, size);
    store_block(at, block);
    if ((marks_of(is_json_special(block)) & ((1U << size) - 1)) != 0) return nullptr;
  } else {
    // The last block overlaps the one before it.
    const std::size_t last = size - block_size;
    for (std::size_t done = 0;; done += block_size) {
      if (done > last) done = last;
      const byte_block block = load_block(from + done);
      store_block(at + done, block);
      if (marks_of(is_json_special(block)) != 0) return nullptr;
      if (done == last) break;
    }
  }
  at[size] = '"';
  return at + size + 1;
}

}  // namespace logpipe::format
