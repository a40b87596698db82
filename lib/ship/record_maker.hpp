#pragma once

#include <logpipe/base/output.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/format/text_template.hpp>
#include <logpipe/ship/composition.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>

namespace logpipe::ship {

/// Makes the keys and headers of one chunk's records. What is the same for all of them is made
/// once. What it gives points into its store, into `how`, or into what was handed in.
class record_maker {
public:
  /// `how` and `text`, scratch memory, are used until its end.
  record_maker(const composition& how, const format::template_values& values,
               const follow::chunk& chunk, output_buffer& text);

  /// Whose record is made next: a line's offset in its generation, bytes.
  void at(std::uint64_t offset) noexcept { m_values.offset = offset; }
  /// What the template says.
  bytes key();
  /// A record's own headers and those that are added.
  std::span<const header> headers_beside(std::span<const header> own);
  /// A copy in the store.
  std::string_view keep(std::string_view text);

  const std::shared_ptr<std::pmr::monotonic_buffer_resource>& store() const noexcept {
    return m_store;
  }

private:
  std::string_view expand(const format::text_template& text);
  std::span<const header> all_headers(std::span<const header> own);

  const composition& m_how;
  format::template_values m_values;
  output_buffer& m_text;
  bool m_partial;
  bool m_headers_vary;
  std::shared_ptr<std::pmr::monotonic_buffer_resource> m_store;
  bytes m_key;
  std::span<const header> m_headers;
};

}  // namespace logpipe::ship
