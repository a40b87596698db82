#pragma once

#include "disk.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace logpipe::ship::testing {

/// Files of one directory, by name, as they come about change by change.
class disk_image {
public:
  void put(const std::string& name, std::string content) { m_files[name] = std::move(content); }
  void apply(const disk_change& change);
  /// In the place of all that is there.
  void write_to(const std::string& directory) const;

private:
  std::map<std::string, std::string> m_files;
};

/// The first `size` bytes of a write; other changes are done as a whole, or not.
disk_change cut(const disk_change& change, std::size_t size);

}  // namespace logpipe::ship::testing
