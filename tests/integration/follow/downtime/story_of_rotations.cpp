// What happens to the logs of a story of downtime.
#include "downtime_story.hpp"

#include <logpipe/follow/file/fingerprint.hpp>

#include <array>
#include <string_view>

namespace logpipe::follow::testing {

namespace {

constexpr std::array kinds = {compression::gzip, compression::bzip2, compression::xz,
                              compression::zstd, compression::lz4};

}  // namespace

void downtime_story::append(rotated_log& log, const std::string& text) {
  m_logs.append(log, text);
  note(std::to_string(text.size()) + " bytes to " + log.generations.back().name);
}

void downtime_story::rotate(rotated_log& log) {
  settle();
  m_logs.rotate(log);
  const log_generation& old = log.generations.back();
  note("rotate " + old.name + " to " + old.file);
}

void downtime_story::append_lines() {
  append(any_log(), m_text.lines(1 + m_random.pick(m_random.one_in(8) ? 60 : 8)));
}

void downtime_story::append_half() {
  append(any_log(), m_text.piece());
}

log_generation* downtime_story::any_old(rotated_log& log) {
  if (log.generations.size() < 2) return nullptr;
  log_generation& old = log.generations[m_random.pick(log.generations.size() - 1)];
  return old.file.empty() || old.is_past ? nullptr : &old;
}

/// Only to the youngest: times decide where they contradict the order of names.
void downtime_story::append_late() {
  rotated_log& log = any_log();
  const std::size_t newer = log.is_there() ? 1 : 0;
  if (log.generations.size() <= newer) return append_lines();
  log_generation& old = *(log.generations.end() - 1 - static_cast<std::ptrdiff_t>(newer));
  if (old.file.empty() || old.is_past || old.is_copy || !old.ending.empty()) return append_lines();
  const std::string text = m_text.lines(1 + m_random.pick(3));
  note(std::to_string(text.size()) + " bytes late to " + old.name);
  if (m_reader.runs()) m_model.writes_late(old);
  m_logs.append_late(old, text);
}

void downtime_story::rotate() {
  rotated_log& log = any_log();
  if (!log.is_there()) return append_lines();
  rotate(log);
  if (!m_random.one_in(4)) append(log, m_text.lines(m_random.pick(4)));
  settle();
}

void downtime_story::rotate_repeatedly() {
  rotated_log& log = any_log();
  for (std::size_t i = 2 + m_random.pick(3); i != 0; --i) {
    if (log.is_there()) rotate(log);
    append(log, m_text.lines(m_random.pick(6)));
  }
  settle();
}

/// In a quiet moment, behind a whole line, while the reader runs: what else may be is told by
/// random_story.
void downtime_story::copy_and_cut() {
  rotated_log& log = any_log();
  if (!log.is_there() || m_text.alike()) return append_lines();
  if (m_reader.runs()) {
    append(log, m_text.lines(2));
    settle();
  }
  if (!is_known_again(log.generations.back())) return;
  m_logs.copy_and_cut(log);
  const log_generation& old = *(log.generations.end() - 2);
  note("copy " + old.name + " to " + old.file + " and cut it");
  settle();
}

void downtime_story::compress() {
  rotated_log& log = any_log();
  log_generation* old = any_old(log);
  if (old == nullptr || !old->ending.empty() || !is_known_again(*old)) return append_lines();
  settle();
  const std::string from = old->file;
  m_logs.compress(*old, kinds[m_random.pick(kinds.size())]);
  note("compress " + from + " to " + old->file);
  settle();
}

/// Content that is short, and all of whose lines are alike, does not tell which file it was.
bool downtime_story::is_known_again(const log_generation& file) const {
  const auto head = std::string_view(file.content).substr(0, m_model.given_of(file));
  return !all_lines_alike(head.substr(0, fingerprint::capacity));
}

void downtime_story::restore() {
  rotated_log& log = any_log();
  log_generation* one = m_random.one_in(2) ? any_old(log) : nullptr;
  if (one == nullptr && log.is_there()) one = &log.generations.back();
  if (one == nullptr || m_reader.runs() || m_text.alike() || !is_known_again(*one)) {
    return append_lines();
  }
  note("restore " + one->name);
  m_logs.restore(*one);
}

void downtime_story::remove() {
  log_generation* old = any_old(any_log());
  if (old == nullptr || !is_known_again(*old)) return append_lines();
  settle();
  note("delete " + old->name);
  m_logs.remove(*old);
  settle();
}

}  // namespace logpipe::follow::testing
