#include "disk_image.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace logpipe::ship::testing {

namespace fs = std::filesystem;

void disk_image::apply(const disk_change& change) {
  switch (change.what) {
    case disk_change::kind::create:
      m_files[change.name];
      break;
    case disk_change::kind::remove:
      m_files.erase(change.name);
      break;
    case disk_change::kind::truncate:
      m_files[change.name].resize(change.offset);
      break;
    case disk_change::kind::write: {
      std::string& content = m_files[change.name];
      content.resize(std::max(content.size(), change.offset + change.bytes.size()));
      content.replace(change.offset, change.bytes.size(), change.bytes);
      break;
    }
    case disk_change::kind::sync:
      break;
  }
}

void disk_image::write_to(const std::string& directory) const {
  for (const auto& entry : fs::directory_iterator(directory)) {
    fs::remove(entry.path());
  }
  for (const auto& [name, content] : m_files) {
    std::ofstream(fs::path(directory) / name, std::ios::binary) << content;
  }
}

disk_change cut(const disk_change& change, std::size_t size) {
  disk_change part = change;
  part.bytes.resize(std::min(size, part.bytes.size()));
  return part;
}

}  // namespace logpipe::ship::testing
