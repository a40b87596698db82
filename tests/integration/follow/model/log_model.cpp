// What the model knows of names, and of what the reader has seen of them.
#include "log_model.hpp"

#include <algorithm>
#include <iterator>

namespace logpipe::follow::testing {

void log_model::add_log(const std::string& path, time_point now) {
  m_logs.push_back({.path = path, .files = {}});
  names_changed(now);
}

written_file& log_model::make(const std::string& name, std::uint64_t inode, time_point now) {
  const std::size_t made = m_files.size() + 1;
  auto& file = m_files.emplace_back("file " + std::to_string(made), inode, made);
  m_known.emplace(&file, followed_file{.file = &file, .owner = {}});
  m_names.put(name, file);
  names_changed(now);
  return file;
}

void log_model::copied(written_file& original, written_file& copy, time_point now) {
  known(copy).copied = true;
  copy.is_copy_of(original, now);
  for (source_id id = 0; id < m_logs.size(); ++id) {
    followed_log& log = m_logs[id];
    if (log.here != &original) continue;
    log.files.insert(log.files.begin(), &copy);
    // The log that reads the original is not the one whose names the copy has.
    if (known(original).owner.value_or(id) != id) copy.may_come_again();
  }
}

void log_model::names_changed(time_point now) {
  for (source_id id = 0; id < m_logs.size(); ++id) {
    followed_log& log = m_logs[id];
    written_file* here = m_names.at(log.path);
    if (here == log.here) continue;
    if (log.here != nullptr && known(*log.here).owner.value_or(id) == id) log.here->went_away(now);
    log.here = here;
    if (here != nullptr) arrives(id, *here);
  }
}

void log_model::arrives(source_id id, written_file& file) {
  auto& files = m_logs[id].files;
  const auto found = std::find(files.begin(), files.end(), &file);
  followed_file& arrived = known(file);
  if (file.is_forgettable() && arrived.seen != sight::none) {
    arrived.seen = sight::none;
    arrived.forgotten = true;
  }
  if (found != files.end()) {
    files.erase(found);
    arrived.returned = sight::perhaps;
    arrived.passed_over = false;
  }
  files.push_back(&file);
  if (arrived.owner.value_or(id) == id) file.came_back();
}

void log_model::looks(bool surely, bool surely_at_files) {
  for (written_file& file : m_files) {
    if (known(file).seen == sight::surely) file.looked(surely_at_files);
  }
  for (source_id id = 0; id < m_logs.size(); ++id) {
    followed_log& log = m_logs[id];
    if (log.here == nullptr) continue;
    followed_file& here = known(*log.here);
    if (!surely) {
      here.seen = std::max(here.seen, sight::perhaps);
      continue;
    }
    if (here.seen != sight::surely) sees(id, *log.here);
    if (here.returned == sight::perhaps) here.returned = sight::surely;
    if (here.owner != id) continue;  // another source reads it
    log.here->was_seen_at_path();
    log.last_seen = log.here;
  }
}

/// A file has appeared at the path: the reader finds those as well that went by unseen, and takes
/// them for the ones between the last it knows and this one.
void log_model::sees(source_id id, written_file& file) {
  auto& files = m_logs[id].files;
  if (m_logs[id].last_seen == nullptr) may_be_found(m_logs[id]);
  std::vector<written_file*> seen;
  std::copy_if(files.begin(), files.end(), std::back_inserter(seen), [&](const auto* missed) {
    return missed == &file || is_missed(m_logs[id], *missed, file);
  });
  for (written_file* now_seen : seen) {
    std::erase(files, now_seen);
    const auto after_last = std::find(files.rbegin(), files.rend(), m_logs[id].last_seen).base();
    files.insert(now_seen == &file ? files.end()
                                   : std::find_if(after_last, files.end(),
                                                  [&](const auto* next) {
                                                    return next->made() > now_seen->made();
                                                  }),
                 now_seen);
    followed_file& now_known = known(*now_seen);
    now_known.seen = sight::surely;
    now_known.passed_over = now_known.forgotten = false;
    if (!now_known.owner) now_known.owner = id;
  }
}

/// Before the first file of a log is seen the reader knows only since when it waits for one, and
/// births are counted in ticks.
void log_model::may_be_found(const followed_log& log) {
  for (const written_file* file : log.files) {
    if (m_names.has_rotated_name(*file, log.path)) {
      known(*file).seen = std::max(known(*file).seen, sight::perhaps);
    }
  }
}

/// Whether the reader surely finds the file by its name when it sees `next` at the path: it looks
/// for those that were made between that one and the last it saw before.
bool log_model::is_missed(const followed_log& log, const written_file& file,
                          const written_file& next) const {
  const written_file* last = log.last_seen;
  if (last == nullptr || last->is_forgettable()) return false;
  if (known(file).forgotten || known(file).copied) return false;
  const bool another_may_be_last =
      std::any_of(log.files.begin(), log.files.end(), [&](const auto* other) {
        return other != &next && other->made() > file.made() &&
               known(*other).seen == sight::perhaps;
      });
  return known(file).seen == sight::none && !another_may_be_last && last->made() < file.made() &&
         file.made() < next.made() && m_names.has_rotated_name(file, log.path);
}

void log_model::time_passed(time_point now, bool reading) {
  for (written_file& file : m_files) {
    file.time_passed(now, reading, m_hears_of_closing);
  }
}

void log_model::stops() {
  looks(true, true);
  for (written_file& file : m_files) {
    file.stop();
  }
}

}  // namespace logpipe::follow::testing
