#include <logpipe/follow/names/directory_lists.hpp>

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <memory>

namespace logpipe::follow {

namespace {

struct close_directory {
  void operator()(DIR* open) const noexcept { ::closedir(open); }
};

std::string join(const std::string& directory, const std::string& name) {
  return (std::filesystem::path(directory) / name).native();
}

std::int64_t nanoseconds(const timespec& time) {
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

/// When the directory was last changed; 0 when that cannot be told.
std::int64_t change_of(const std::string& directory) {
  struct stat status {};
  return ::stat(directory.c_str(), &status) == 0 ? nanoseconds(status.st_mtim) : 0;
}

/// The clock that files get their times from; it goes in steps of some milliseconds.
std::int64_t file_clock() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
  return nanoseconds(now);
}

}  // namespace

directory_lists::list& directory_lists::list_of(const std::string& directory) {
  const auto [at, is_new] = m_lists.try_emplace(directory);
  list& made = at->second;
  if (!is_new) return made;
  made.made = file_clock();
  made.changed = change_of(directory);
  const std::unique_ptr<DIR, close_directory> open(::opendir(directory.c_str()));
  if (!open) return made;
  made.listed = true;
  while (const dirent* found = ::readdir(open.get())) {
    if (found->d_type == DT_DIR) continue;
    made.entries.push_back({found->d_name, found->d_ino});
  }
  std::sort(made.entries.begin(), made.entries.end(),
            [](const entry& one, const entry& other) { return one.name < other.name; });
  return made;
}

bool directory_lists::renew(const std::string& directory) {
  const auto at = m_lists.find(directory);
  if (at == m_lists.end()) return true;
  // What is changed within the step of the clock in which it was listed changes its time no more.
  const list& known = at->second;
  if (known.changed < known.made && change_of(directory) == known.changed) return false;
  m_lists.erase(at);
  return true;
}

std::span<const directory_lists::entry> directory_lists::beginning_with(
    const std::string& directory, std::string_view prefix) {
  const list& all = list_of(directory);
  const auto first =
      std::lower_bound(all.entries.begin(), all.entries.end(), prefix,
                       [](const entry& each, std::string_view begin) { return each.name < begin; });
  const auto last = std::find_if_not(
      first, all.entries.end(), [&](const entry& each) { return each.name.starts_with(prefix); });
  return {first, last};
}

std::vector<std::string> directory_lists::with_inode(const std::string& directory,
                                                     std::uint64_t inode) {
  list& all = list_of(directory);
  std::vector<std::string> found;
  if (!all.by_inode) {
    all.by_inode.emplace();
    for (const entry& each : all.entries) {
      struct stat status {};
      const std::string path = join(directory, each.name);
      if (::stat(path.c_str(), &status) == 0) all.by_inode->emplace(status.st_ino, path);
    }
  }
  const auto [first, last] = all.by_inode->equal_range(inode);
  for (auto at = first; at != last; ++at) {
    found.push_back(at->second);
  }
  return found;
}

std::string directory_of(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path();
  return parent.empty() ? "." : parent;
}

}  // namespace logpipe::follow
