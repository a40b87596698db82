#include <logpipe/base/fd.hpp>
#include <logpipe/follow/names/compressed_name.hpp>
#include <logpipe/follow/names/directory_tree.hpp>

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

using namespace std::chrono_literals;

/// The times of directories are counted in ticks; on some file systems those are seconds.
constexpr std::chrono::nanoseconds coarsest_tick = 2s;
/// What listing a name may cost: a directory where files come all the time is listed so seldom
/// that it takes a few hundredths of the time at most.
constexpr std::chrono::microseconds pause_per_name{10};

struct close_directory {
  void operator()(DIR* open) const noexcept { ::closedir(open); }
};
using open_directory = std::unique_ptr<DIR, close_directory>;

std::string join(const std::string& directory, const char* name) {
  if (directory == ".") return name;
  return directory.ends_with('/') ? directory + name : directory + '/' + name;
}

/// Nothing also for what cannot be reached.
std::optional<file_status> reach(const std::string& path) {
  try {
    return status_of(path);
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

bool is_fresh(std::int64_t modified) {
  return std::chrono::nanoseconds(file_time_now() - modified) < coarsest_tick;
}

/// Whether another directory stands at the path than the one known, or none.
bool has_changed(const std::string& path, const identity& known) {
  const auto status = reach(path);
  return !status || status->id != known;
}

enum class entry_kind { file, directory, other };

entry_kind kind_of(const dirent& entry, const std::string& path) {
  switch (entry.d_type) {
    case DT_REG:
      return entry_kind::file;
    case DT_DIR:
      return entry_kind::directory;
    case DT_LNK:
    case DT_UNKNOWN:
      break;
    default:
      return entry_kind::other;
  }
  const auto status = reach(path);
  if (!status) return entry_kind::file;  // a link may lead to a file one day
  if (S_ISDIR(status->mode)) return entry_kind::directory;
  return S_ISREG(status->mode) ? entry_kind::file : entry_kind::other;
}

}  // namespace

directory_tree::directory_tree(glob pattern, std::vector<std::string> exclude, watcher& watches,
                               source_id number)
    : m_pattern(std::move(pattern)),
      m_exclude(std::move(exclude)),
      m_watches(&watches),
      m_number(number),
      m_base(watches, m_pattern.base(), number) {}

void directory_tree::hint(const watch_hint& hint) {
  const auto watched = m_watched.find(hint.watch);
  const auto known =
      watched == m_watched.end() ? m_directories.end() : m_directories.find(watched->second);
  if (known != m_directories.end()) {
    known->second.hinted = true;
  } else {
    m_base_hinted = true;
  }
}

void directory_tree::look(time_point now, const unlistable& failed) {
  m_due.reset();
  if (std::exchange(m_base_hinted, false)) {
    m_base.watch_now();
    enter(m_pattern.base(), now, failed);
    for (auto& [path, known] : m_directories) {
      known.hinted = true;  // a link on the way to the base may lead elsewhere now
    }
  }
  std::vector<std::string> hinted;
  for (const auto& [path, known] : m_directories) {
    if (!known.hinted) continue;
    if (known.not_before <= now) {
      hinted.push_back(path);
    } else if (!m_due || known.not_before < *m_due) {
      m_due = known.not_before;
    }
  }
  for (const auto& path : hinted) {
    const auto known = m_directories.find(path);
    if (known == m_directories.end() || !known->second.hinted) continue;
    if (has_changed(path, known->second.id)) {
      leave(path);
      enter(path, now, failed);
    } else {
      list(known, now, failed);
    }
  }
}

void directory_tree::look_at_all(time_point now, const unlistable& failed) {
  const bool unwatched = !m_watches->polling() && !m_base.watched();
  if (unwatched || !m_directories.contains(m_pattern.base())) m_base_hinted = true;
  for (auto& [path, known] : m_directories) {
    const auto status = reach(path);
    const bool same = status && status->id == known.id && status->modified == known.modified;
    if (!same || known.fresh || known.error != 0) known.hinted = true;
    for (const auto& [file, state] : known.names) {
      if (!state.settled) m_new.push_back(join(path, file.c_str()));
    }
  }
  look(now, failed);
}

void directory_tree::enter(const std::string& path, time_point now, const unlistable& failed) {
  if (m_directories.contains(path)) return;
  const auto status = reach(path);
  if (!status || !S_ISDIR(status->mode)) return;
  // By the way on which it was come to first, while that leads there: links may go in circles.
  const auto before = m_entered.find(status->id);
  if (before != m_entered.end()) {
    const std::string other = before->second;
    if (!has_changed(other, status->id)) return;
    leave(other);
  }
  m_entered.emplace(status->id, path);
  directory entered;
  entered.id = status->id;
  list(m_directories.emplace(path, std::move(entered)).first, now, failed);
}

void directory_tree::list(directories_by_path::iterator at, time_point now,
                          const unlistable& failed) {
  const std::string& path = at->first;
  directory& known = at->second;
  known.hinted = false;
  // Watched first, so that nothing can happen unseen behind the listing.
  if (!known.watching) {
    known.watching = m_watches->on_entry(path, "", m_number);
    if (known.watching) m_watched.insert_or_assign(known.watching.number(), path);
  }
  const auto status = reach(path);
  const open_directory open(::opendir(path.c_str()));
  if (!open || !status) {
    const int error = errno;
    if (error != known.error && error != ENOENT) failed(path, error);
    known.error = error;
    return;
  }
  known.error = 0;
  known.modified = status->modified;
  known.fresh = is_fresh(known.modified);
  auto before = std::exchange(known.names, {});
  while (const dirent* entry = ::readdir(open.get())) {
    const std::string_view text = entry->d_name;
    if (text == "." || text == "..") continue;
    const std::string child = join(path, entry->d_name);
    const auto old = before.find(entry->d_name);
    if (old != before.end() && old->second.inode == entry->d_ino) {
      known.names.insert(before.extract(old));
      continue;
    }
    const entry_kind kind = kind_of(*entry, child);
    if (kind == entry_kind::directory && m_pattern.may_match_below(child)) {
      enter(child, now, failed);
    } else if (kind == entry_kind::file && fits(child)) {
      known.names.emplace(entry->d_name, name{.inode = entry->d_ino});
      m_new.push_back(child);
    }
  }
  known.not_before = now + std::chrono::floor<milliseconds>(known.names.size() * pause_per_name);
}

bool directory_tree::fits(const std::string& path) const {
  return m_pattern.matches(path) && !has_compressed_name(path) &&
         std::none_of(m_exclude.begin(), m_exclude.end(),
                      [&](const std::string& pattern) { return leaves_out(pattern, path); });
}

/// Forgets a directory and all below it.
void directory_tree::leave(const std::string& path) {
  const std::string below = path.ends_with('/') ? path : path + '/';
  std::erase_if(m_directories, [&](const auto& entry) {
    const bool left = entry.first == path || entry.first.starts_with(below) || path == ".";
    if (left) {
      m_entered.erase(entry.second.id);
      m_watched.erase(entry.second.watching.number());
    }
    return left;
  });
  for (auto& [other, known] : m_directories) {
    known.hinted = true;  // a link may lead to what was come to through this one
  }
}

void directory_tree::offer_names(const offer& take) {
  m_urgent = false;
  std::sort(m_new.begin(), m_new.end());
  m_new.erase(std::unique(m_new.begin(), m_new.end()), m_new.end());
  std::vector<std::string> put_off;
  for (const auto& path : std::exchange(m_new, {})) {
    const auto slash = path.rfind('/');
    const std::string parent = slash == std::string::npos ? "."
                               : slash == 0               ? "/"
                                                          : path.substr(0, slash);
    const auto in = m_directories.find(parent);
    if (in == m_directories.end()) continue;
    const auto named = in->second.names.find(path.substr(slash + 1));
    if (named == in->second.names.end()) continue;
    const verdict said = take(path);
    named->second.settled = said == verdict::settled;
    if (said == verdict::soon) put_off.push_back(path);
  }
  m_urgent = !put_off.empty();
  m_new = std::move(put_off);
}

void directory_tree::ended(const std::string& path) {
  if (fits(path)) m_new.push_back(path);
}

}  // namespace logpipe::follow
