#include "downtime_model.hpp"

#include "../model/broken_promise.hpp"
#include "../model/given_lines.hpp"

#include <algorithm>
#include <variant>

namespace logpipe::follow::testing {

namespace {

std::uint64_t whole_lines_end(const log_generation& generation, std::uint64_t size) {
  return std::string_view(generation.content).substr(0, size).rfind('\n') + 1;  // npos + 1 is 0
}

bool is_last(const rotated_log& log, const log_generation& generation) {
  return log.is_there() && &log.generations.back() == &generation;
}

[[noreturn]] void broken(const log_generation& generation, const std::string& what) {
  throw broken_promise(generation.name + ": " + what);
}

}  // namespace

void downtime_model::starts(const std::vector<kept_generation>& kept) {
  m_held.clear();
  m_vanished.clear();
  m_progress.clear();
  for (const kept_generation& row : kept) {
    const log_generation& generation = *m_kept.at(row.id);
    if (row.what == kept_generation::state::left_out) continue;
    goes_on(m_progress[&generation], row);
    if (generation.file.empty() && !row.is_done() && row.size > row.read.offset) {
      m_vanished.insert(&generation);
    }
  }
}

/// A generation and a copy of it may be kept each: what counts is where there is something to do.
void downtime_model::goes_on(progress& from, const kept_generation& row) {
  const bool is_first = from.is_done && from.given == 0;
  if (is_first || (from.is_done && !row.is_done())) {
    from.given = row.read.offset;
    from.is_done = row.is_done();
  } else if (from.is_done == row.is_done()) {
    from.given = row.is_done() ? std::max(from.given, row.read.offset)
                               : std::min(from.given, row.read.offset);
  }
}

const log_generation& downtime_model::made(std::uint64_t inode) const {
  const log_generation* generation = m_logs->by_inode(inode);
  if (generation == nullptr) throw broken_promise("a file that nobody made");
  return *generation;
}

void downtime_model::gives(const chunk& given) {
  const log_generation& from = made(given.inode);
  const rotated_log& log = log_of(given.source);
  const auto is_it = [&](const log_generation& one) { return &one == &from; };
  if (std::none_of(log.generations.begin(), log.generations.end(), is_it)) {
    broken(from, "was given as " + log.name);
  }
  if (from.is_past) broken(from, "was given, and is older than the first start");

  std::uint64_t& place = m_progress[&from].given;
  if (m_alike && given.begin == 0) place = 0;
  if (given.begin != place) {
    broken(from, "given from " + std::to_string(given.begin) + " on, expected from " +
                     std::to_string(place));
  }
  if (given.end > from.content.size()) {
    broken(from, "given up to " + std::to_string(given.end) + ", where it has " +
                     std::to_string(from.content.size()));
  }
  require_lines(from.name, from.content, given, m_max_line);
  const bool unfinished = !given.partial && from.content[given.end - 1] != '\n';
  if (unfinished && is_last(log, from)) broken(from, "an unfinished line was given");
  check_turn(log, from, given.begin);
  place = given.end;
}

/// What came late may be given at any time.
void downtime_model::check_turn(const rotated_log& log, const log_generation& given,
                                std::uint64_t begin) const {
  if (!is_last(log, given) && begin >= given.size_when_followed) return;
  for (const log_generation& earlier : log.generations) {
    if (&earlier == &given) return;
    if (earlier.is_past || earlier.file.empty()) continue;
    if (given_of(earlier) < whole_lines_end(earlier, earlier.size_when_followed)) {
      broken(given, "was begun before " + earlier.name + " was given");
    }
  }
}

void downtime_model::tells(const event& told, kept_id kept) {
  if (const auto* held = std::get_if<partial_held>(&told)) m_held.push_back(*held);
  if (const auto* begun = std::get_if<generation_begun>(&told)) {
    m_kept[kept] = &made(begun->now.inode);
  } else if (const auto* known = std::get_if<generation_known>(&told)) {
    m_kept[kept] = &made(known->what.inode);
  } else if (const auto* gone = std::get_if<generation_vanished>(&told)) {
    vanishes(*gone);
  } else if (const auto* cut = std::get_if<truncated>(&told)) {
    if (cut->unread != 0) throw broken_promise(cut->path + ": told that unread bytes were cut");
  } else if (const auto* what = std::get_if<damaged>(&told)) {
    throw broken_promise(what->path + ": told that it is damaged: " + what->reason);
  } else if (const auto* closed = std::get_if<unreadable>(&told)) {
    throw broken_promise(closed->path + ": told that it is unreadable");
  }
}

void downtime_model::vanishes(const generation_vanished& told) {
  const log_generation& gone = *m_kept.at(told.what.id);
  const bool was_empty = told.what.size == 0;  // nothing can be known of it again
  if (!gone.file.empty() && !was_empty)
    broken(gone, "told that it vanished, but it is " + gone.file);
  if (told.lost != told.what.size - told.what.read.offset) {
    broken(gone, "told that it vanished with " + std::to_string(told.lost) + " bytes");
  }
  m_vanished.erase(&gone);
}

void downtime_model::writes_late(const log_generation& generation) {
  std::uint64_t& in_time = m_progress[&generation].in_time;
  in_time = std::min<std::uint64_t>(in_time, generation.content.size());
}

std::uint64_t downtime_model::given_of(const log_generation& generation) const {
  const auto found = m_progress.find(&generation);
  return found == m_progress.end() ? 0 : found->second.given;
}

/// Bytes that this reader had to give and did not.
std::uint64_t downtime_model::missing(const log_generation& generation, bool with_half) const {
  if (generation.is_past || generation.file.empty()) return 0;
  const auto found = m_progress.find(&generation);
  const std::uint64_t in_time = found == m_progress.end() ? UINT64_MAX : found->second.in_time;
  const auto size = std::min<std::uint64_t>(generation.content.size(), in_time);
  const std::uint64_t end = with_half ? size : whole_lines_end(generation, size);
  return end - std::min(end, given_of(generation));
}

void downtime_model::require_all_given() const {
  for (const rotated_log& log : m_logs->all()) {
    for (const log_generation& generation : log.generations) {
      const auto bytes = missing(generation, !is_last(log, generation));
      if (bytes != 0) broken(generation, std::to_string(bytes) + " bytes never came");
    }
  }
  for (const log_generation* gone : m_vanished) {
    broken(*gone, "not told that it vanished");
  }
}

void downtime_model::require_all_given_or_told() const {
  for (const rotated_log& log : m_logs->all()) {
    for (const log_generation& generation : log.generations) {
      if (missing(generation, false) != 0) broken(generation, "not read to its end");
      require_held_told(generation);
    }
  }
}

void downtime_model::require_held_told(const log_generation& generation) const {
  const std::uint64_t half = missing(generation, true);
  const std::uint64_t at = generation.content.size() - half;
  const auto is_it = [&](const partial_held& held) {
    return held.bytes == half && held.offset == at;
  };
  if (half == 0 || std::any_of(m_held.begin(), m_held.end(), is_it)) return;
  broken(generation, "not told what is held");
}

}  // namespace logpipe::follow::testing
