#include <logpipe/base/owned_record.hpp>

#include <cstring>
#include <string_view>

namespace logpipe {
namespace {

std::size_t size_of(const bytes& text) noexcept {
  return text ? text->size() : 0;
}

std::size_t bytes_of(const record& record) noexcept {
  std::size_t size = record.topic.size() + size_of(record.key) + size_of(record.value);
  for (const auto& [name, value] : record.headers) {
    size += name.size() + size_of(value);
  }
  return size;
}

/// Puts texts behind each other.
class text_writer {
public:
  explicit text_writer(char* at) : m_at(at) {}

  std::string_view put(std::string_view text) noexcept {
    if (!text.empty()) std::memcpy(m_at, text.data(), text.size());
    const std::string_view copy(m_at, text.size());
    m_at += text.size();
    return copy;
  }
  bytes put(const bytes& text) noexcept {
    if (!text) return std::nullopt;
    return put(*text);
  }

private:
  char* m_at;
};

}  // namespace

owned_record::owned_record(const record& original)
    // One byte more: an empty key has an address too.
    : m_bytes(std::make_unique<char[]>(bytes_of(original) + 1)),
      m_record(original),
      m_memory(sizeof(*this) + bytes_of(original) + original.headers.size_bytes()) {
  text_writer text(m_bytes.get());
  m_record.topic = text.put(original.topic);
  m_record.key = text.put(original.key);
  m_record.value = text.put(original.value);
  m_headers.reserve(original.headers.size());
  for (const auto& [name, value] : original.headers) {
    m_headers.push_back({text.put(name), text.put(value)});
  }
  m_record.headers = m_headers;
}

}  // namespace logpipe
