// What the model says of what the reader gives and tells.
#include "log_model.hpp"

#include <algorithm>
#include <variant>

namespace logpipe::follow::testing {

void log_model::gives(const chunk& given, time_point now) {
  written_file& file = file_of(given);
  take_for_copy(given, file);
  find_late(given, file);
  check_source(given, file);
  check_turn(given, file, now);
  known(file).seen = sight::surely;
  // The reader may have seen it when that was not sure.
  followed_log& log = m_logs[given.source];
  const auto found = std::find(log.files.begin(), log.files.end(), &file);
  if (std::find(found, log.files.end(), log.last_seen) == log.files.end()) log.last_seen = &file;
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

/// A file that the reader has not seen, under one of the names of rotation, may begin as one does
/// that was cut, and pass for its copy: then only what it holds beyond that comes, and late.
void log_model::take_for_copy(const chunk& given, written_file& file) {
  followed_log& log = m_logs.at(given.source);
  followed_file& unseen = known(file);
  if (!log.cut_noticed || given.begin == 0 || unseen.seen == sight::surely) return;
  if (unseen.copied || !m_names.has_rotated_name(file, log.path)) return;
  unseen.copied = true;
  unseen.passed_over = false;
  file.skip_to(given.begin);
  std::erase(log.files, &file);
  log.files.insert(log.files.begin(), &file);
}

/// A file that was passed over may still be found by its name when the next file comes.
void log_model::find_late(const chunk& given, written_file& file) {
  followed_log& log = m_logs.at(given.source);
  followed_file& found = known(file);
  if (!found.passed_over || !m_names.has_rotated_name(file, log.path)) return;
  found.passed_over = false;
  std::erase(log.files, &file);
  log.files.insert(std::find(log.files.begin(), log.files.end(), log.here), &file);
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
  // The event does not name the file: of those that it can be about, the likeliest.
  written_file* likeliest = nullptr;
  for (followed_log& log : m_logs) {
    if (!cut->path.ends_with("/" + log.path)) continue;
    log.cut_noticed = true;
    for (written_file* file : log.files) {
      if (!file->may_explain(*cut)) continue;
      if (likeliest == nullptr || likeliest->likelihood(*cut) <= file->likelihood(*cut)) {
        likeliest = file;
      }
    }
  }
  if (likeliest != nullptr) return likeliest->cut_was_told();
  throw broken_promise("told that " + cut->path + " was cut at " + std::to_string(cut->offset) +
                       ", " + std::to_string(cut->unread) + " bytes unread");
}

void log_model::require_begun_given() const {
  for (const auto& [file, known] : m_known) {
    if (known.returned != sight::none || file->given() == 0) continue;
    if (file->missing(false) != 0) throw broken_promise(file->name() + ": lines are missing");
  }
}

void log_model::require_begun(const written_file& file) const {
  if (known(file).seen == sight::surely && file.missing(false) != 0) {
    throw broken_promise(file.name() + " was not begun, or not read to its end");
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
