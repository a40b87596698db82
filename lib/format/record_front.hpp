#pragma once

#include <logpipe/base/output.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/format/put.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::format {

/// What the texts of a partition's records begin with, all of them.
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

/// The fronts of the partitions that came last: where records of several partitions alternate, as
/// in a merge, none is made twice. Memory is bounded.
class record_fronts {
public:
  /// That of the record's partition; make(output_buffer&) gives its text where it is not known.
  /// Valid until the next call.
  template <typename Make>
  const record_front& of(const record& record, Make make) {
    if (m_fronts.empty()) m_fronts.resize(slots);
    record_front& front = m_fronts[slot_of(record)];
    if (!front.is_of(record)) {
      output_buffer text(256);
      make(text);
      front.set(record, text.view());
    }
    return front;
  }

private:
  static constexpr std::size_t slots = 64;
  static std::size_t slot_of(const record& record) noexcept {
    const std::size_t letter =
        record.topic.empty() ? 0 : static_cast<unsigned char>(record.topic.back());
    return (static_cast<std::uint32_t>(record.partition) + letter * 5) % slots;
  }

  std::vector<record_front> m_fronts;
};

}  // namespace logpipe::format
