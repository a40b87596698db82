#include "file_finder.hpp"

#include <filesystem>
#include <system_error>

namespace logpipe::logtail {
namespace {

namespace fs = std::filesystem;

bool is_file_of(const std::optional<found_file>& file, const follow::kept_generation& generation) {
  return file && file->status.id.inode == generation.inode &&
         file->status.id.birth == generation.birth;
}

std::string directory_of(const std::string& path) {
  return fs::path(path).parent_path();
}

/// Of what a path leads to, links followed; its own where it leads nowhere.
std::string target_directory_of(const std::string& path) {
  std::error_code broken;
  const fs::path target = fs::canonical(path, broken);
  return broken ? directory_of(path) : target.parent_path().string();
}

}  // namespace

std::optional<found_file> file_at(const std::string& path) {
  try {
    if (auto status = follow::status_of(path)) return found_file{path, *status};
  } catch (const std::system_error&) {  // no permission: not for us to see
  }
  return std::nullopt;
}

std::optional<found_file> file_finder::find(const follow::kept_generation& generation) {
  for (const auto& path : {generation.name, generation.source}) {
    auto file = file_at(path);
    if (is_file_of(file, generation)) return file;
  }
  for (const auto& path : {directory_of(generation.name), directory_of(generation.source),
                           target_directory_of(generation.source)}) {
    const directory& files = listed(path);
    const auto at = files.find({generation.inode, generation.birth});
    if (at != files.end()) return at->second;
  }
  return std::nullopt;
}

const file_finder::directory& file_finder::listed(const std::string& path) {
  const auto [at, is_new] = m_directories.try_emplace(path);
  if (!is_new) return at->second;
  std::error_code unlistable;
  for (fs::directory_iterator entry(path, unlistable), end; !unlistable && entry != end;
       entry.increment(unlistable)) {
    if (auto file = file_at(entry->path())) {
      const key id{file->status.id.inode, file->status.id.birth};
      at->second.try_emplace(id, *std::move(file));
    }
  }
  return at->second;
}

}  // namespace logpipe::logtail
