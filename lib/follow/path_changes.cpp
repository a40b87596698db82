// What can have happened to the path of a log.
#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/memory/content_view.hpp>
#include <logpipe/follow/names/missed.hpp>
#include <logpipe/follow/path_source.hpp>

#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace logpipe::follow {

void path_source::look_at_path(time_point now) {
  m_fifo_here = false;
  try {
    auto status = status_of(m_path);
    if (!status) {
      m_places.watch_now();        // the nearest directory may be another one now
      status = status_of(m_path);  // and the file have come before it was watched
    }
    if (!status) return nothing_there(now);
    m_missing_since.reset();
    if (S_ISFIFO(status->mode)) return fifo_there(now);
    chain_member* here = m_chain.current();
    if (here == nullptr || here->file().id() != status->id) {
      another_there(status->id, now);
    } else {
      here->is_at_path();
    }
    m_told_error = 0;
  } catch (const std::system_error& failed) {
    // It may have gone again meanwhile.
    const int error = failed.code().value();
    if (error == ENOENT) return nothing_there(now);
    unreadable(error);
  }
}

void path_source::nothing_there(time_point now) {
  m_told_error = 0;
  leave_current(now);
  if (!m_missing_since) m_missing_since = m_changed = now;
  if (m_chain.is_empty() && !m_before_first) m_before_first = file_time_now();
  if (!m_told_waiting && (m_chain.is_empty() || now - *m_missing_since >= gap)) {
    m_told_waiting = true;
    const chain_member* old = m_chain.last();
    m_around->tell(waiting{m_path, old ? current_name(old->file().descriptor()) : ""});
  }
}

/// Its file is not at the path any more.
void path_source::leave_current(time_point now) {
  chain_member* gone = m_chain.current();
  if (gone == nullptr) return;
  gone->went_away(now);
  m_chain.warn_if_out_of_sight(*gone);
}

void path_source::another_there(const identity& found, time_point now) {
  m_changed = now;
  leave_current(now);
  m_places.watch_now();  // a link may lead elsewhere now
  if (m_chain.contains(found)) {
    m_chain.bring_back(found);
  } else {
    appeared(now);
  }
}

/// It is no generation of this log; its turn comes when those have been read.
void path_source::fifo_there(time_point now) {
  m_fifo_here = true;
  if (chain_member* replaced = m_chain.current()) replaced->went_away(now);
}

void path_source::replace(time_point now) {
  if (const chain_member* old = m_chain.last()) {
    m_around->tell(rotated{m_path, current_name(old->file().descriptor()), old->read_since_away()});
  } else if (m_told_waiting || m_told_error != 0) {
    m_around->tell(opened{m_path, 0});
  }
  m_chain.end(now);
}

void path_source::appeared(time_point now) {
  fd file = open_regular(m_path);
  const identity id = status_of(file.get()).id;
  if (m_chain.contains(id)) return m_chain.bring_back(id);
  if (is_left_out(status_of(file.get()))) return;
  m_copy_here = m_around->is_copy(m_path, file.get(), now);
  if (m_copy_here) return;
  if (m_past_is_open) m_chain.await_past();
  take_missed(id, now);
  m_chain.add(std::move(file), first_byte, now);
  if (m_past_is_open) {
    directory_lists lists;
    find_past(lists, now);
    tell_vanished(lists);
  }
  const chain_member* member = m_chain.current();
  if (member == nullptr) return;
  if (m_told_waiting || m_told_error != 0) {
    m_around->tell(opened{m_path, member->file().offset()});
  }
  m_told_waiting = false;
}

void path_source::take_copy(const std::string& path, time_point now) {
  m_chain.take_copy(open_regular(path), now);
  plan(now);
}

/// Takes the files that came to the path and went between the last of the chain, or the moment
/// when there was none, and `next`.
void path_source::take_missed(const identity& next, time_point now) {
  if (m_chain.is_empty() && !m_before_first) return;
  const identity before =
      m_chain.is_empty() ? identity{.device = next.device, .inode = 0, .birth = *m_before_first}
                         : m_chain.last()->file().id();
  for (const auto& name : missed_generations(m_path, before, next)) {
    try {
      fd file = open_regular(name);
      if (m_chain.has_read(status_of(file.get()).id) || was_read_before(file.get(), name)) continue;
      if (auto* member = m_chain.add(std::move(file), first_byte, now)) member->went_away(now);
    } catch (const std::system_error& failed) {
      m_around->tell(follow::unreadable{name, failed.code().value()});
    }
  }
}

/// By an earlier run, to its end: a copy is younger than the file that it was made of, which may
/// stand at the path still.
bool path_source::was_read_before(int descriptor, const std::string& name) const {
  content_view content(descriptor, name);
  const file_status status = status_of(descriptor);
  const recollection known = m_around->kept.recall(content.shown(status, m_log, 0));
  return known.is_done && status.size <= known.from.offset;
}

}  // namespace logpipe::follow
