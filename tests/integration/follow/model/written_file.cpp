#include "written_file.hpp"

#include "given_lines.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace logpipe::follow::testing {

using namespace std::chrono_literals;

namespace {

constexpr auto quiet_before_next = 1s;
constexpr auto quiet_until_left = 5s;
constexpr auto next_begins_after = 10s;
constexpr auto watched_for = 5min;

// Of a file that was rewritten the reader compares so many of the first bytes, and of those before
// its place.
constexpr std::uint64_t fingerprint_bytes = 1024;
constexpr std::uint64_t guard_bytes = 256;

}  // namespace

written_file::written_file(std::string name, std::uint64_t inode, std::size_t made)
    : m_name(std::move(name)), m_inode(inode), m_made(made) {}

void written_file::write(std::string_view text, time_point now) {
  if (text.empty()) return;
  m_content += text;
  changed(now);
}

void written_file::changed(time_point now) {
  m_changed = now;
  auto& known = m_away ? m_away : m_before_return;
  if (!known || !known->late) m_due = m_content.size();
  if (known) known->closed = false;
}

void written_file::closed() {
  auto& known = m_away ? m_away : m_before_return;
  if (known) known->closed = true;
}

void written_file::is_copy_of(written_file& original, time_point now) {
  m_given = original.given();
  m_away = absence{.since = now, .late = true};
  original.m_has_copy = true;
}

void written_file::cut(std::uint64_t size, time_point now) {
  const std::uint64_t lost = m_content.size() - m_given;
  if (!m_before_cut) m_before_cut = before_cut{m_content, m_given, m_read_to, 0, m_cut_behind};
  m_before_cut->most += lost;
  m_content.resize(size);
  // Only what was given is known to be the reader's; what it does at a cut behind that depends on
  // how much of an unfinished line it has seen.
  if (size < m_given) m_given = m_read_to = 0;
  m_due = 0;
  m_size_at_return = 0;
  changed(now);
}

void written_file::went_away(time_point now) {
  m_away = m_before_return.value_or(absence{now});
  m_before_return.reset();
}

void written_file::came_back() {
  if (m_away) m_before_return = *m_away;
  m_away.reset();
  m_size_at_return = m_content.size();
}

void written_file::looked(bool surely) {
  if (!surely) return;
  if (m_before_cut && !m_has_copy && m_content.size() < m_seen_size &&
      m_seen_size > m_before_cut->given) {
    m_before_cut->least = std::max(m_before_cut->least, m_seen_size - m_before_cut->given);
  }
  m_seen_size = m_content.size();
}

void written_file::time_passed(time_point now, bool reading, bool hears_of_closing) {
  if (reading) m_read_to = m_content.size();
  if (!m_away) return;
  const auto quiet = now - std::max(m_changed, m_away->since);
  const bool no_more_waiting = now - m_away->since >= next_begins_after;
  const bool may_be_done =
      (half() == 0 && quiet >= quiet_before_next) || may_be_left(now, hears_of_closing);
  if (no_more_waiting || may_be_done) m_away->late = true;
  if (quiet >= watched_for) m_forgettable = true;
}

bool written_file::may_be_left(time_point now, bool hears_of_closing) const noexcept {
  if (!m_away) return false;
  return (m_away->closed && hears_of_closing) ||
         now - std::max(m_changed, m_away->since) >= quiet_until_left;
}

std::uint64_t written_file::whole_lines_end(std::uint64_t size) const noexcept {
  return std::string_view(m_content).substr(0, size).rfind('\n') + 1;  // npos + 1 is 0
}

std::uint64_t written_file::half() const {
  return m_content.size() - std::max(whole_lines_end(m_content.size()), given());
}

std::uint64_t written_file::missing(bool and_half) const {
  const std::uint64_t end = and_half ? m_content.size() : whole_lines_end(m_content.size());
  return end - std::min(given(), end);
}

std::uint64_t written_file::due_before_next(time_point now) const noexcept {
  const bool no_more_waiting = m_away && now - m_away->since >= next_begins_after;
  return no_more_waiting || m_limit ? whole_lines_end(m_due) : m_due;
}

/// Whether a reader that stands at `place` cannot know that the file was cut and rewritten.
bool written_file::looks_uncut_at(std::uint64_t place) const {
  if (place == 0 || m_content.size() < place) return false;
  const auto same = [&](std::uint64_t from, std::uint64_t to) {
    return m_content.compare(from, to - from, m_before_cut->content, from, to - from) == 0;
  };
  return same(0, std::min(place, fingerprint_bytes)) &&
         same(place - std::min(place, guard_bytes), place);
}

bool written_file::looks_uncut() const {
  return m_before_cut &&
         (looks_uncut_at(m_before_cut->given) || looks_uncut_at(m_before_cut->read_to));
}

std::uint64_t written_file::given() const {
  return looks_uncut() ? std::min<std::uint64_t>(m_before_cut->given, m_content.size()) : m_given;
}

void written_file::begin(const chunk& given) {
  if (m_before_cut) {
    // Not told before: the reader had seen nothing of what was cut, or cannot know that it was.
    const bool goes_on = given.begin == m_before_cut->given && looks_uncut();
    if (!goes_on) require_cuts_told();
    if (goes_on) m_given = given.begin;
    m_cut_behind = m_before_cut->most;
    m_before_cut.reset();
    m_seen_size = 0;
  }
  if (m_may_come_again && given.begin == 0) m_given = 0;
  m_may_come_again = m_forgettable = false;
  if (given.begin != m_given) {
    broken("given from " + std::to_string(given.begin) + " on, expected from " +
           std::to_string(m_given));
  }
}

void written_file::give(const chunk& given, std::size_t max_line, bool hears_of_closing,
                        time_point now) {
  begin(given);
  const std::uint64_t end = m_limit.value_or(m_content.size());
  if (given.end > std::min<std::uint64_t>(end, m_content.size())) {
    broken("given up to " + std::to_string(given.end) + ", where it has " + std::to_string(end));
  }
  require_lines(m_name, m_content, given, max_line);
  const bool unfinished = !given.partial && m_content[given.end - 1] != '\n';
  if (unfinished && !may_be_left(now, hears_of_closing)) {
    broken("an unfinished line was given: " + shown(given.lines.back()));
  }
  m_given = given.end;
}

bool written_file::may_explain(const truncated& told) const {
  return m_before_cut && told.offset == m_before_cut->given && told.unread >= m_before_cut->least &&
         told.unread <= m_before_cut->most;
}

std::uint64_t written_file::likelihood(const truncated& told) const {
  if (looks_uncut()) return 0;
  if (m_before_cut->least != 0) return 3;
  return told.unread == m_before_cut->most ? 2 : 1;
}

void written_file::cut_was_told() {
  m_before_cut.reset();
  m_given = m_seen_size = m_cut_behind = 0;
  m_has_copy = false;
}

void written_file::require_cuts_told() const {
  if (!m_before_cut || m_before_cut->least == 0) return;
  if (looks_uncut()) return;
  broken("not told that " + std::to_string(m_before_cut->least) + " bytes were cut unread");
}

void written_file::broken(const std::string& what) const {
  throw broken_promise(m_name + ": " + what);
}

}  // namespace logpipe::follow::testing
