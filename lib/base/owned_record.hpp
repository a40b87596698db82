#pragma once

#include <logpipe/base/record.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace logpipe {

/// A copy of a record with all that it views, for one that has to outlive the batch it came in.
/// Can be moved; its record stays where it points to.
class owned_record {
public:
  explicit owned_record(const record& original);

  /// Valid as long as this, or what it was moved to.
  const record& get() const noexcept { return m_record; }
  /// About how much memory it takes, in bytes.
  std::size_t memory() const noexcept { return m_memory; }

private:
  std::unique_ptr<char[]> m_bytes;
  std::vector<header> m_headers;
  record m_record;
  std::size_t m_memory;
};

}  // namespace logpipe
