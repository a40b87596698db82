#include <logpipe/follow/file/find_file.hpp>
#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/memory/past_files.hpp>
#include <logpipe/follow/memory/vanished.hpp>
#include <logpipe/follow/names/real_path.hpp>
#include <logpipe/follow/path_source.hpp>
#include <logpipe/follow/watch/interval.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

/// Everything is looked at so often, whatever the events say.
constexpr std::chrono::seconds full_look{5};
constexpr milliseconds usual_poll{250};
/// In the gap of a rotation the path is looked at so often.
constexpr std::chrono::milliseconds next_try{20};
/// A copy that came to the path is looked at again so soon: it may turn out to be none.
constexpr std::chrono::milliseconds copy_grows{500};

}  // namespace

path_source::path_source(source_id id, std::string path, const surroundings& around, time_point now,
                         const start_at& start, bool expected)
    : m_id(id),
      m_path(std::move(path)),
      m_log(full_path(m_path)),
      m_around(&around),
      m_places(around.watches, m_path, id),
      m_chain(id, m_path, around),
      m_changed(now),
      m_expected(expected),
      m_told_waiting(!expected),
      m_bounded(around.options.once) {
  if (!m_bounded) {
    m_unannounced = !around.has_events(m_path);
    m_places.watch_now();
  }
  try {
    m_chain.await_past();
    begin(start, now);
  } catch (const std::system_error& failed) {
    const int error = failed.code().value();
    if (m_bounded || error == EISDIR || error == EINVAL) throw;
    unreadable(error);
  }
  plan(now);
}

void path_source::begin(const start_at& start, time_point now) {
  if (const auto status = status_of(m_path)) {
    require_regular(status->mode, m_path);  // a socket cannot even be opened
    if (!is_left_out(*status)) m_chain.add(open_regular(m_path), start, now);
  } else if (m_bounded) {
    // A log that is known may be between two files.
    if (!m_around->kept.knows(m_log)) throw_errno(ENOENT, m_path);
  } else {
    nothing_there(now);
  }
}

/// Whether it is too old to begin with it.
bool path_source::is_left_out(const file_status& status) const {
  const auto& older = m_around->options.ignore_older;
  if (!older || m_around->kept.knows(m_log)) return false;
  if (m_around->kept.by_number(status.id.inode, status.id.birth) != nullptr) return false;
  const auto since = std::chrono::nanoseconds(file_time_now() - status.modified);
  return since > *older;
}

void path_source::catch_up(directory_lists& lists, time_point now) {
  find_past(lists, now);
  if (m_bounded && m_expected && m_chain.current() == nullptr && !reach()) m_gap_until = now + gap;
  plan(now);
}

/// Looks for what became of the log while nothing ran.
void path_source::find_past(directory_lists& lists, time_point now) {
  m_past = std::make_unique<past_files>(m_id, m_path, m_log, *m_around, [this](int descriptor) {
    return m_chain.resembles(suspect(descriptor, true)).what != resemblance::kind::none;
  });
  m_chain.catch_up(m_past->find(lists, now), now);
}

void path_source::tell_vanished(directory_lists& lists) {
  if (!m_past) return;
  const bool is_all =
      follow::tell_vanished(m_path, m_log, *m_around, m_past->is_any_unreadable(), lists);
  m_past_is_open = !is_all && !m_bounded;
  m_past.reset();
}

/// With `once`, where there was no file at the path when it was first looked at.
void path_source::wait_for_next(time_point now) {
  try {
    if (reach()) {
      m_gap_until.reset();
      m_chain.add(open_regular(m_path), first_byte, now);
    } else if (now >= *m_gap_until) {
      m_gap_until.reset();
      unreadable(ENOENT);
    }
  } catch (const std::system_error& failed) {
    m_gap_until.reset();
    unreadable(failed.code().value());
  }
}

void path_source::look(time_point now) {
  if (m_gap_until) wait_for_next(now);
  const auto here = reach();
  if (is_quiet_at_rest(here) || !wake(now)) return plan(now);
  m_chain.look(here, now);
  if (!m_bounded) {
    const bool unwatched = !m_around->watches.polling() && !m_places.watched();
    if (unwatched) m_places.watch_now();
    if (unwatched || !is_current(here)) {
      look_at_path(now);
    } else {
      m_missing_since.reset();
      m_told_error = 0;
    }
  }
  plan(now);
}

bool path_source::rest(time_point now) {
  const chain_member* here = m_chain.current();
  if (here == nullptr || !here->file().is_open()) return false;
  std::string place = current_name(here->file().descriptor());
  if (place.empty()) return false;  // deleted: it could not be opened again
  m_resting_place = std::move(place);
  return m_chain.rest(now);
}

/// What stands at the path; nothing also when that cannot be found out.
std::optional<file_status> path_source::reach() const {
  try {
    return status_of(m_path);
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

bool path_source::is_current(const std::optional<file_status>& here) {
  const chain_member* current = m_chain.current();
  return here && current != nullptr && current->file().id() == here->id;
}

/// Whether its file is closed, and nothing has happened that makes it worth opening.
bool path_source::is_quiet_at_rest(const std::optional<file_status>& here) const {
  const chain_member* closed = m_chain.resting();
  const bool unseen = !m_bounded && !m_around->watches.polling() && !m_places.watched();
  return closed != nullptr && !unseen && here && closed->is_as_seen(*here);
}

/// Has its file open, wherever it is now. False when that is not possible, now or for ever.
bool path_source::wake(time_point now) {
  const chain_member* closed = m_chain.resting();
  if (closed == nullptr) return true;
  const generation& file = closed->file();
  try {
    if (fd again = open_again(m_resting_place, file.id())) {
      m_chain.reopen(std::move(again));
      return true;
    }
  } catch (const std::system_error& failed) {
    unreadable(failed.code().value());
    return false;
  }
  const std::uint64_t size = std::max(closed->size(), file.seen());
  m_around->tell(vanished{m_path, file.offset(), size - file.seen()});
  m_chain.give_up(now);
  return true;
}

void path_source::unreadable(int error) {
  if (error == m_told_error) return;
  m_told_error = error;
  m_around->tell(follow::unreadable{m_path, error});
}

source::progress path_source::read(chunk& out, time_point now) {
  if (const auto* closed = m_chain.resting()) {
    if (!closed->readable() || !wake(now)) return progress::nothing;
  }
  const progress made = m_chain.read(out, now);
  if (made != progress::nothing) m_changed = now;
  // A file at its path waits for nothing; what is behind an old one's end has its times.
  if (made == progress::nothing && (m_chain.due(now) || m_bounded)) plan(now);
  return made;
}

void path_source::plan(time_point now) {
  m_due.reset();
  if (m_gap_until) m_due = std::min(*m_gap_until, now + next_try);
  if (m_bounded && m_chain.waits_for_rest()) m_due = now + usual_poll;
  if (m_bounded) return;
  milliseconds interval = full_look;
  if (m_unannounced || m_around->watches.polling()) {
    interval = polling_interval(m_around->options.poll.value_or(usual_poll), now - m_changed);
  }
  m_due = shared_deadline(now, interval);
  if (const auto due = m_chain.due(now)) m_due = std::min(*m_due, *due);
  if (m_copy_here) m_due = std::min(*m_due, now + copy_grows);
  if (m_missing_since && !m_told_waiting) m_due = std::min(*m_due, *m_missing_since + gap);
}

void path_source::let_go(generation_id generation, time_point now) {
  m_chain.let_go(generation, now);
  plan(now);
}

void path_source::stop(time_point now) {
  look(now);
  m_chain.stop();
  m_bounded = true;
  m_due.reset();
}

}  // namespace logpipe::follow
