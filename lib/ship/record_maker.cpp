#include <logpipe/ship/record_maker.hpp>

#include <algorithm>
#include <cstring>

namespace logpipe::ship {
namespace {

using varies = format::text_template::varies;

constexpr header partial_header{"partial", "1"};

/// What JSON stands for takes about as much as the JSON itself; templates mostly take little.
std::size_t first_block(const composition& how, const follow::chunk& chunk) {
  constexpr std::size_t small = 1024;
  const bool json = how.lines_are == composition::input::json;
  return json ? std::max<std::size_t>(chunk.end - chunk.begin, small) : small;
}

bool headers_vary(const composition& how) {
  return std::any_of(how.headers.begin(), how.headers.end(),
                     [](const auto& header) { return header.value.changes() == varies::by_line; });
}

}  // namespace

record_maker::record_maker(const composition& how, const format::template_values& values,
                           const follow::chunk& chunk, output_buffer& text)
    : m_how(how),
      m_values(values),
      m_text(text),
      m_partial(chunk.partial),
      m_headers_vary(headers_vary(how)),
      m_store(std::make_shared<std::pmr::monotonic_buffer_resource>(first_block(how, chunk))) {
  if (!m_headers_vary) m_headers = all_headers({});
  if (how.key && how.key->changes() != varies::by_line) m_key = expand(*how.key);
}

bytes record_maker::key() {
  if (!m_how.key) return std::nullopt;
  return m_key ? m_key : expand(*m_how.key);
}

std::span<const header> record_maker::headers_beside(std::span<const header> own) {
  if (m_how.headers.empty() && !m_partial) return own;
  return own.empty() && !m_headers_vary ? m_headers : all_headers(own);
}

std::span<const header> record_maker::all_headers(std::span<const header> own) {
  const std::size_t size = own.size() + m_how.headers.size() + (m_partial ? 1 : 0);
  if (size == 0) return {};
  auto* const first =
      static_cast<header*>(m_store->allocate(size * sizeof(header), alignof(header)));
  header* next = std::uninitialized_copy(own.begin(), own.end(), first);
  for (const auto& [name, value] : m_how.headers)
    std::construct_at(next++, header{name, expand(value)});
  if (m_partial) std::construct_at(next, partial_header);
  return {first, size};
}

std::string_view record_maker::expand(const format::text_template& text) {
  m_text.clear();
  text.append_to(m_text, m_values);
  return keep(m_text.view());
}

std::string_view record_maker::keep(std::string_view text) {
  if (text.empty()) return "";
  auto* const copy = static_cast<char*>(m_store->allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

}  // namespace logpipe::ship
