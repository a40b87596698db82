#include <logpipe/follow/names/own_files.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace logpipe::follow {

namespace {

/// Without links and dots, as far as that can be found out.
std::string real_path(const std::string& path) {
  std::error_code unresolved;
  const auto real = std::filesystem::weakly_canonical(path, unresolved);
  return unresolved ? path : real.native();
}

bool is_file(const std::string& path, const identity& file) {
  try {
    const auto status = status_of(path);
    return status && status->id == file;
  } catch (const std::system_error&) {
    return false;  // it cannot be reached, so it cannot have been written either
  }
}

}  // namespace

void own_files::add(const std::string& path) {
  m_paths.push_back(real_path(path));
}

bool own_files::contains(const std::string& path, const file_status& status) const {
  if (std::find(m_files.begin(), m_files.end(), status.id) != m_files.end()) return true;
  if (m_paths.empty()) return false;
  const std::string real = real_path(path);
  return std::any_of(m_paths.begin(), m_paths.end(), [&](const std::string& own) {
    return own == real || is_file(own, status.id);
  });
}

}  // namespace logpipe::follow
