// What is written to a random story's files, and cut from them.
#include "random_story.hpp"

namespace logpipe::follow::testing {

using namespace std::chrono_literals;

void random_story::open(written_log& log) {
  log.writers.push_back(m_files.open(log.name, now()));
}

void random_story::write(const open_log& to, const std::string& text) {
  note(std::to_string(text.size()) + " bytes to " + to.file->name());
  m_files.append(to, text, now());
}

void random_story::append_lines() {
  written_log& log = any_log();
  if (log.writers.empty()) open(log);
  write(log.writers.back(), m_text.lines(1 + m_random.pick(m_random.one_in(8) ? 60 : 8)));
}

void random_story::append_half() {
  written_log& log = any_log();
  if (log.writers.empty()) open(log);
  write(log.writers.back(), m_text.piece());
}

void random_story::append_in_old_file() {
  written_log& log = any_log();
  if (log.writers.size() < 2) return append_lines();
  const auto& old = log.writers[m_random.pick(log.writers.size() - 1)];
  write(old, m_random.one_in(3) ? m_text.piece() : m_text.lines(1 + m_random.pick(3)));
}

/// As `echo line >> log` does, beside a writer that has the log open.
void random_story::append_and_close() {
  written_log& log = any_log();
  open_log other = m_files.open(log.name, now());
  write(other, m_random.one_in(4) ? m_text.piece() : m_text.lines(1));
  note("which is closed");
  m_files.close(other);
}

void random_story::reopen() {
  written_log& log = any_log();
  note("reopen " + log.name);
  open(log);
  if (log.writers.size() > 1 && m_random.one_in(2)) {
    m_files.close(log.writers[log.writers.size() - 2]);
    note("close " + log.writers[log.writers.size() - 2].file->name());
    log.writers.erase(log.writers.end() - 2);
  }
}

void random_story::close_any_writers() {
  close_writers(any_log());
}

void random_story::close_writers(written_log& log) {
  note("close all of " + log.name);
  for (auto& writer : log.writers) {
    m_files.close(writer);
  }
  log.writers.clear();
}

void random_story::cut_when_read() {
  const written_log& log = any_log();
  if (!exists(log)) return;
  wait(30s);
  note("cut " + log.name);
  m_files.cut(log.name, 0, now());
  if (m_random.one_in(2)) step();
}

void random_story::cut() {
  const written_log& log = any_log();
  if (!exists(log)) return;
  note("cut " + log.name);
  m_files.cut(log.name, 0, now());
}

void random_story::cut_partly() {
  const written_log& log = any_log();
  if (!exists(log)) return;
  const std::size_t size = m_model.names().at(log.name)->content().size();
  const std::size_t left = m_random.pick(size + 1);
  note("cut " + log.name + " to " + std::to_string(left) + " of " + std::to_string(size));
  m_files.cut(log.name, left, now());
}

/// Cut and written anew, smaller, larger, or with the very same size.
void random_story::rewrite() {
  const written_log& log = any_log();
  if (!exists(log)) return;
  const std::size_t size = m_model.names().at(log.name)->content().size();
  std::string text = m_text.lines(1 + m_random.pick(20));
  if (m_random.one_in(3) && size > 0) {
    text.resize(size, 'x');
    text.back() = '\n';
  }
  log_directory::await_next_tick();
  note("cut " + log.name + " and write it anew");
  m_files.cut(log.name, 0, now());
  open_log writer = m_files.open(log.name, now());
  write(writer, text);
  m_files.close(writer);
}

/// As copytruncate does, in a quiet moment.
void random_story::copy_and_cut() {
  const written_log& log = any_log();
  if (!exists(log)) return;
  wait(30s);
  const std::string name = m_random.one_in(2) ? next_rotated_name(log) : next_to(log, "copy");
  note("copy " + log.name + " to " + name + " and cut it");
  m_files.copy(log.name, name, now());
  m_files.cut(log.name, 0, now());
  wait(m_reader.sure_look());  // when the log is rotated as well by then, the copy is hard to tell
}

}  // namespace logpipe::follow::testing
