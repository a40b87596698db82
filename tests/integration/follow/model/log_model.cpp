#include "log_model.hpp"

#include <algorithm>
#include <iterator>
#include <variant>

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
    file.looked(surely_at_files);
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
    if (here.owner == id) log.here->was_seen_at_path();
    log.last_seen = log.here;
  }
}

/// A file has appeared at the path: the reader finds those as well that went by unseen, and takes
/// them for the ones between the last it knows and this one.
void log_model::sees(source_id id, written_file& file) {
  auto& files = m_logs[id].files;
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

/// Whether the reader surely finds the file by its name when it sees `next` at the path: it looks
/// for those that were made between that one and the last it saw before.
bool log_model::is_missed(const followed_log& log, const written_file& file,
                          const written_file& next) const {
  const written_file* last = log.last_seen;
  if (last == nullptr || last->is_forgettable() || known(file).forgotten) return false;
  const bool another_may_be_last =
      std::any_of(log.files.begin(), log.files.end(), [&](const auto* other) {
        return other != &next && other->made() > file.made() &&
               known(*other).seen == sight::perhaps;
      });
  return known(file).seen != sight::surely && !another_may_be_last && last->made() < file.made() &&
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

void log_model::gives(const chunk& given, time_point now) {
  written_file& file = file_of(given);
  check_source(given, file);
  check_turn(given, file, now);
  known(file).seen = sight::surely;
  file.give(given, m_max_line, m_hears_of_closing, now);
}

written_file& log_model::file_of(const chunk& given) {
  // An inode's number may have been another file's before, which is gone.
  const auto found = std::find_if(m_files.rbegin(), m_files.rend(), [&](const written_file& file) {
    return file.inode() == given.inode;
  });
  if (found == m_files.rend()) throw broken_promise("lines of a file that nobody made");
  const auto [generation, is_new] = m_generations.emplace(given.generation, &*found);
  if (generation->second != &*found) throw broken_promise("two files are one generation");
  return *found;
}

void log_model::check_source(const chunk& given, written_file& file) {
  const followed_log& log = m_logs.at(given.source);
  followed_file& from = known(file);
  if (std::find(log.files.begin(), log.files.end(), &file) == log.files.end()) {
    throw broken_promise(file.name() + " was given, which never was " + log.path);
  }
  if (from.passed_over) throw broken_promise(file.name() + " was given after its successor");
  if (from.owner.value_or(given.source) != given.source && !file.is_forgettable()) {
    throw broken_promise(file.name() + " was given as " + log.path + ", but is another's");
  }
  from.owner = given.source;
}

void log_model::check_turn(const chunk& given, const written_file& file, time_point now) {
  const followed_file& turn = known(file);
  const bool before_return = turn.returned == sight::perhaps || given.begin < file.size_at_return();
  if (turn.returned != sight::none && before_return) return;
  for (const written_file* earlier : m_logs[given.source].files) {
    if (earlier == &file) return;
    followed_file& before = known(*earlier);
    if (before.owner.value_or(given.source) != given.source) continue;
    if (earlier->given() >= earlier->due_before_next(now)) continue;
    if (before.seen == sight::surely) {
      throw broken_promise(file.name() + " was begun before " + earlier->name() + " was given");
    }
    before.passed_over = true;
  }
}

void log_model::tells(const event& told) {
  if (const auto* held = std::get_if<partial_held>(&told)) m_held.push_back(*held);
  const auto* cut = std::get_if<truncated>(&told);
  if (cut == nullptr) return;
  // The event does not name the file; one that cannot be known to have been cut is the last choice.
  for (const bool noticeable : {true, false}) {
    for (const followed_log& log : m_logs) {
      if (!cut->path.ends_with("/" + log.path)) continue;
      for (written_file* file : log.files) {
        if (file->looks_uncut() != noticeable && file->explains(*cut)) return;
      }
    }
  }
  throw broken_promise("told that " + cut->path + " was cut at " + std::to_string(cut->offset) +
                       ", " + std::to_string(cut->unread) + " bytes unread");
}

void log_model::require_begun_given() const {
  for (const auto& [file, known] : m_known) {
    if (known.returned != sight::none || file->given() == 0) continue;
    if (file->missing(false) != 0) throw broken_promise(file->name() + ": lines are missing");
  }
}

bool log_model::stands_at_path(const written_file& file) const {
  return std::any_of(m_logs.begin(), m_logs.end(),
                     [&](const followed_log& log) { return log.here == &file; });
}

void log_model::require_all_given() const {
  for (const auto& [file, known] : m_known) {
    if (known.seen != sight::surely) continue;
    file->require_cuts_told();
    const auto missing = file->missing(!stands_at_path(*file));
    if (missing == 0) continue;
    throw broken_promise(file->name() + ": " + std::to_string(missing) + " bytes never came");
  }
}

void log_model::require_all_given_or_told() const {
  for (const auto& [file, known] : m_known) {
    if (known.seen != sight::surely) continue;
    if (file->missing(false) != 0) throw broken_promise(file->name() + ": not read to its end");
    const auto is_it = [half = file->half(), size = file->content().size()](const auto& held) {
      return held.bytes == half && held.offset == size - half;
    };
    if (file->half() != 0 && std::none_of(m_held.begin(), m_held.end(), is_it)) {
      throw broken_promise(file->name() + ": not told what is held");
    }
  }
}

}  // namespace logpipe::follow::testing
