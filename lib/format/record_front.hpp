#pragma once

#include <logpipe/base/record.hpp>
#include <logpipe/format/put.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace logpipe::format {

/// What the texts of a partition's records begin with, all of them; made once for a run.
class record_front {
public:
  bool is_of(const record& record) const noexcept {
    return m_made && m_partition == record.partition && m_topic == record.topic;
  }
  void set(const record& of, std::string_view text) {
    m_made = true;
    m_topic = of.topic;
    m_partition = of.partition;
    m_text = text;
    m_size = text.size();
    m_text.resize(m_size + block_size);
  }

  /// There must be room for room() bytes; returns the end of what was written.
  char* put(char* at) const noexcept { return put_padded(at, m_text.data(), m_size); }
  std::size_t room() const noexcept { return m_text.size(); }

private:
  bool m_made = false;
  std::string m_topic;
  std::int32_t m_partition = 0;
  /// In whole blocks; m_size is without what fills the last one.
  std::string m_text = std::string(block_size, '\0');
  std::size_t m_size = 0;
};

}  // namespace logpipe::format
