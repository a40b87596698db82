#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/memory/past_files.hpp>
#include <logpipe/follow/names/compressed_name.hpp>
#include <logpipe/follow/names/earlier_files.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

namespace fs = std::filesystem;

/// Who renames without end shall not keep everything else waiting.
constexpr int most_looks = 3;

bool is_there(const std::string& path) {
  std::error_code unknown;
  return fs::exists(path, unknown);
}

/// 0 when there is none, or it cannot be reached.
std::uint64_t inode_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

/// Something that is kept of the log, and is not done with, has not been found.
bool is_any_missing(const memory& kept, const std::string& log) {
  const auto missing = kept.missing(log);
  return std::any_of(missing.begin(), missing.end(),
                     [](const kept_generation* each) { return !each->is_done(); });
}

/// What is kept came before what came unseen. Among themselves they stand in their order, unless
/// they were found by a second look.
bool comes_before(const past_file& one, const past_file& other) {
  if (one.continues.empty() != other.continues.empty()) return other.continues.empty();
  if (one.continues.empty()) return one.modified < other.modified;
  return std::ranges::min(one.continues) < std::ranges::min(other.continues);
}

}  // namespace

past_files::past_files(source_id source, std::string path, std::string log,
                       const surroundings& around, std::function<bool(int)> is_copy)
    : m_source(source),
      m_path(std::move(path)),
      m_log(std::move(log)),
      m_around(&around),
      m_is_copy(std::move(is_copy)) {}

std::vector<past_file> past_files::find(directory_lists& lists, time_point now) {
  m_now = now;
  m_found.clear();
  look_in(lists);
  for (int again = 0; again < most_looks && is_worth_another_look(lists); ++again) {
    look_in(lists);
  }
  std::stable_sort(m_found.begin(), m_found.end(), comes_before);
  return std::move(m_found);
}

void past_files::look_in(directory_lists& lists) {
  m_has_moved = false;
  m_inode_at_log = inode_of(m_path);
  find_by_number(lists);
  for (const auto& name : former_names()) {
    take_earlier_files(name, {}, lists);
    if (is_there(name)) take(name, true);
  }
  take_earlier_files(m_path, m_around->options.rotated, lists);
}

void past_files::take_earlier_files(const std::string& log, const std::vector<std::string>& rotated,
                                    directory_lists& lists) {
  for (const auto& file : earlier_files(log, rotated, lists)) {
    if (!is_being_compressed(file)) take(file.path, true);
  }
}

/// What the path led to when it was a link to something else: that may have been rotated too before
/// the link was pointed elsewhere.
std::set<std::string> past_files::former_names() const {
  const std::string target = real_path(m_path);
  std::set<std::string> names;
  for (const kept_generation* kept : m_around->kept.of(m_log)) {
    const bool was_present = kept->what == kept_generation::state::open;
    const bool is_present = kept->name == m_log || kept->name == target;
    if (!was_present || is_present) continue;
    const bool is_rotated = pattern_for(m_log, kept->name).empty();
    if (!is_rotated) names.insert(kept->name);
  }
  return names;
}

/// What was renamed or compressed while the directories were listed may not be in the lists.
bool past_files::is_worth_another_look(directory_lists& lists) const {
  if (!m_has_moved && !is_any_missing(m_around->kept, m_log)) return false;
  bool any_has_changed = false;
  for (const auto& directory : directories()) {
    any_has_changed = lists.renew(directory) || any_has_changed;
  }
  return any_has_changed;
}

/// Where a kept file may be: it was renamed, if nothing else happened to it.
std::vector<std::string> past_files::directories() const {
  std::set<std::string> all{directory_of(m_path), directory_of(real_path(m_path))};
  for (const kept_generation* kept : m_around->kept.missing(m_log)) {
    if (!kept->is_done()) all.insert(directory_of(kept->name));
  }
  return {all.begin(), all.end()};
}

void past_files::find_by_number(directory_lists& lists) {
  const auto where = directories();
  for (const kept_generation* kept : m_around->kept.missing(m_log)) {
    if (kept->is_done() || kept->what == kept_generation::state::replaced) continue;
    for (const auto& directory : where) {
      for (const auto& path : lists.with_inode(directory, kept->inode)) {
        take(path, false);
        if (m_around->kept.is_found(kept->id)) warn_if_out_of_sight(*kept, path);
      }
    }
  }
}

/// It was found by its number; another one of that kind would not be found at all.
void past_files::warn_if_out_of_sight(const kept_generation& kept, const std::string& path) const {
  if (full_path(path) == kept.name || pattern_for(kept.name, path).empty()) return;
  if (const auto pattern = out_of_sight(m_log, path, m_around->options.rotated)) {
    m_around->tell(rotated_out_of_sight{m_path, path, *pattern});
  }
}

}  // namespace logpipe::follow
