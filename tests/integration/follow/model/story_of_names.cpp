// What happens to the names of a random story's files.
#include "random_story.hpp"

#include <utility>

namespace logpipe::follow::testing {

std::string random_story::next_to(const written_log& log, const std::string& suffix) {
  return log.name + "." + suffix + std::to_string(++m_counter);
}

void random_story::rename_rotated(written_log& log) {
  if (!exists(log)) return;
  // Unseen, a file with the same lines could later be taken for a copy of one that is cut.
  if (m_text.alike()) wait(m_reader.sure_look());
  const std::string name = next_rotated_name(log);
  note("rotate " + log.name + " to " + name);
  m_files.rename(log.name, name, now());
}

std::string random_story::next_rotated_name(const written_log& log) {
  if (log.dated) return log.name + "-" + std::to_string(20261122 + ++m_counter);
  constexpr int kept = 12;
  for (int i = kept; i > 0; --i) {
    const std::string from = log.name + "." + std::to_string(i);
    if (!m_model.names().has(from)) continue;
    m_files.rename(from, log.name + "." + std::to_string(i + 1), now());
  }
  return log.name + ".1";
}

void random_story::rotate() {
  written_log& log = any_log();
  rename_rotated(log);
  if (m_random.one_in(4)) step();
  if (!m_random.one_in(4)) reopen();
}

void random_story::rotate_repeatedly() {
  written_log& log = any_log();
  for (std::size_t i = 2 + m_random.pick(3); i != 0; --i) {
    rename_rotated(log);
    open(log);
    write(log.writers.back(), m_text.lines(m_random.pick(3)));
  }
}

/// The writer does not learn of the rotation for longer than the reader waits for it.
void random_story::write_on_in_old_file() {
  written_log& log = any_log();
  if (log.writers.empty() || m_model.names().at(log.name) != log.writers.back().file) return;
  rename_rotated(log);
  open(log);
  write(log.writers.back(), m_text.lines(1));
  for (int i = 0; i < 16; ++i) {
    write(log.writers[log.writers.size() - 2], m_text.lines(1));
    wait(std::chrono::milliseconds(900));
  }
  m_model.require_begun(*log.writers.back().file);
}

void random_story::remove() {
  written_log& log = any_log();
  if (!exists(log)) return;
  if (m_random.one_in(2)) wait(m_reader.sure_look());
  note("delete " + log.name);
  m_files.remove(log.name, now());
  if (m_random.one_in(2)) reopen();
}

void random_story::replace() {
  const written_log& log = any_log();
  const std::string other = next_to(log, "new");
  open_log file = m_files.open(other, now());
  write(file, m_text.lines(m_random.pick(10)));
  m_files.close(file);
  note("rename it to " + log.name);
  m_files.rename(other, log.name, now());
}

/// As an editor does: the same content, and more.
void random_story::replace_by_longer() {
  const written_log& log = any_log();
  if (!exists(log)) return;
  const std::string other = next_to(log, "new");
  const std::string content = m_model.names().at(log.name)->content();
  open_log file = m_files.open(other, now());
  write(file, content + m_text.lines(1));
  m_files.close(file);
  note("which begins as " + log.name + " does and is renamed to it");
  m_files.rename(other, log.name, now());
}

void random_story::point_link() {
  const written_log& log = any_log();
  const std::string target = next_to(log, "target");
  open_log file = m_files.open(target, now());
  write(file, m_text.lines(m_random.pick(10)));
  m_files.close(file);
  note("make " + log.name + " a link to it");
  m_files.point_link(log.name, target.substr(target.rfind('/') + 1), now());
}

void random_story::add_hard_link() {
  const written_log& log = any_log();
  if (!exists(log) || m_model.names().is_link(log.name)) return;
  note("hard link to " + log.name);
  m_files.hard_link(log.name, next_to(log, "hard"));
}

void random_story::move_aside() {
  const written_log& log = any_log();
  if (!exists(log)) return;
  note("move " + log.name + " aside");
  m_aside.push_back(next_to(log, "aside"));
  m_files.rename(log.name, m_aside.back(), now());
  if (m_random.one_in(2)) move_back();
}

void random_story::move_back() {
  if (m_aside.empty()) return append_lines();
  const std::string aside = std::exchange(m_aside.back(), {});
  m_aside.pop_back();
  if (!m_model.names().has(aside)) return;
  const std::string name = aside.substr(0, aside.rfind(".aside"));
  note("move back " + name);
  m_files.rename(aside, name, now());
}

void random_story::move_onto_another() {
  const written_log& from = any_log();
  const written_log& to = any_log();
  if (&from == &to || !exists(from) || m_model.names().is_link(from.name)) return;
  wait(m_reader.sure_look());
  note("move " + from.name + " onto " + to.name);
  m_files.rename(from.name, to.name, now());
}

void random_story::move_directory() {
  note("move the directory away and make it anew");
  m_files.rename("in", "in" + std::to_string(++m_counter), now());
  m_files.make_directory("in");
}

void random_story::set_times() {
  const written_log& log = any_log();
  if (!exists(log)) return;
  const auto time = std::chrono::seconds(m_random.pick(4'000'000'000));
  note("set the times of " + log.name + " to " + std::to_string(time.count()));
  m_files.set_times(log.name, time);
}

}  // namespace logpipe::follow::testing
