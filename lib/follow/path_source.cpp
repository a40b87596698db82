#include <logpipe/follow/missed.hpp>
#include <logpipe/follow/path_source.hpp>
#include <logpipe/follow/start.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

/// Everything is looked at so often, whatever the events say.
constexpr std::chrono::seconds full_look{5};
/// A path that is empty for so long is more than a rotation's gap.
constexpr std::chrono::seconds gap{5};
/// Old files that are left, beyond so many of a source, are let go before their time.
constexpr std::size_t most_old_members = 16;

/// The errno for something that cannot be followed by path; 0 for a regular file.
int wrong_type(mode_t mode) {
  if (S_ISREG(mode)) return 0;
  return S_ISDIR(mode) ? EISDIR : EINVAL;
}

}  // namespace

path_source::path_source(source_id id, std::string path, const surroundings& around, time_point now)
    : m_id(id), m_path(std::move(path)), m_around(&around), m_places(around.watches, m_path, id) {
  if (!around.options.once) m_places.watch_now();
  plan(now);
  try {
    begin(now);
  } catch (const std::system_error& failed) {
    const int error = failed.code().value();
    if (around.options.once || error == EISDIR || error == EINVAL) throw;
    unreadable(error);
  }
}

void path_source::begin(time_point now) {
  const follow_options& options = m_around->options;
  if (!status_of(m_path)) {
    if (options.once) throw_errno(ENOENT, m_path);
    return nothing_there(now);
  }
  fd file = open(m_path);
  const std::uint64_t size = status_of(file.get()).size;
  const std::uint64_t offset = start_offset(file.get(), size, options.start, options.max_line);
  if (options.start.where == start_at::kind::end && offset > 0) {
    m_around->tell(skipped{m_path, offset});
  }
  add_member(std::move(file), offset, now);
}

fd path_source::open(const std::string& path) const {
  // Not blocking, lest a FIFO that took the path meanwhile holds up everything.
  fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file) throw_errno(path);
  if (const int error = wrong_type(status_of(file.get()).mode); error != 0) {
    throw_errno(error, path);
  }
  return file;
}

chain_member& path_source::add_member(fd file, std::uint64_t offset, time_point now) {
  // The watch is set before the first read: what is written after that is hinted at.
  watch watching;
  if (!m_around->options.once) watching = m_around->watches.on_file(file.get(), m_id);
  auto& member = m_chain.emplace_back(std::move(file), m_around->next_generation(), offset, now);
  member.watch_by(std::move(watching));
  if (bounded()) limit_to_now(member);
  return member;
}

path_source::chain::iterator path_source::find(const identity& id) {
  return std::find_if(m_chain.begin(), m_chain.end(),
                      [&](const auto& member) { return member.file().id() == id; });
}

chain_member* path_source::current() {
  return m_chain.empty() || m_chain.back().is_away() ? nullptr : &m_chain.back();
}

bool path_source::hint(const watch_hint& hint, time_point now) {
  for (auto& member : m_chain) {
    if (member.watch_number() != hint.watch) continue;
    switch (hint.what) {
      case watch_hint::kind::modified:
        member.modified(now);
        return false;
      case watch_hint::kind::closed:
        member.closed();
        return member.is_away();
      case watch_hint::kind::renamed:
        member.renamed();
        return true;
      case watch_hint::kind::look:
        return true;
    }
  }
  return true;
}

void path_source::look(time_point now) {
  for (auto& member : m_chain)
    member.look(now);
  if (!bounded()) {
    if (!m_places.watched()) m_places.watch_now();
    look_at_path(now);
    let_go_old(now);
  }
  plan(now);
}

void path_source::look_at_path(time_point now) {
  try {
    const auto status = status_of(m_path);
    if (!status) return nothing_there(now);
    m_missing_since.reset();
    const chain_member* here = current();
    if (here == nullptr || here->file().id() != status->id) return another_there(status->id, now);
    if (!here->has_failed()) m_told_error = 0;
  } catch (const std::system_error& failed) {
    unreadable(failed.code().value());
  }
}

void path_source::nothing_there(time_point now) {
  m_told_error = 0;
  m_places.watch_now();  // the nearest directory may be another one now
  if (chain_member* gone = current()) gone->went_away(now);
  if (!m_missing_since) m_missing_since = now;
  if (!m_told_waiting && (m_chain.empty() || now - *m_missing_since >= gap)) {
    m_told_waiting = true;
    m_around->tell(waiting{m_path});
  }
}

void path_source::another_there(const identity& found, time_point now) {
  if (chain_member* replaced = current()) replaced->went_away(now);
  m_places.watch_now();  // a link may lead elsewhere now
  if (const auto known = find(found); known != m_chain.end()) return came_back(known);
  appeared(now);
}

void path_source::appeared(time_point now) {
  fd file = open(m_path);
  const identity id = status_of(file.get()).id;
  if (const auto known = find(id); known != m_chain.end()) return came_back(known);
  if (!m_chain.empty()) {
    for (const auto& name : missed_generations(m_path, m_chain.back().file().id(), id)) {
      take_missed(name, now);
    }
  }
  add_member(std::move(file), 0, now);
  if (m_told_waiting || m_told_error != 0) m_around->tell(opened{m_path, 0});
  m_told_waiting = false;
  m_told_error = 0;
}

void path_source::take_missed(const std::string& name, time_point now) {
  try {
    fd file = open(name);
    if (find(status_of(file.get()).id) == m_chain.end()) {
      add_member(std::move(file), 0, now).went_away(now);
    }
  } catch (const std::system_error& failed) {
    m_around->tell(follow::unreadable{name, failed.code().value()});
  }
}

void path_source::came_back(chain::iterator which) {
  chain_member member = std::move(*which);
  m_chain.erase(which);
  member.came_back();
  m_chain.push_back(std::move(member));
}

void path_source::unreadable(int error) {
  if (error == m_told_error) return;
  m_told_error = error;
  m_around->tell(follow::unreadable{m_path, error});
}

void path_source::let_go_old(time_point now) {
  std::size_t old = 0;
  for (const auto& member : m_chain) {
    if (member.has_successor() && member.is_left(now) && member.file().rest() == 0) ++old;
  }
  for (auto at = m_chain.begin(); at != m_chain.end();) {
    const bool too_many = old > most_old_members && at->has_successor() && !at->readable() &&
                          at->is_left(now) && at->file().rest() == 0;
    if (!too_many && !at->may_be_let_go(now)) {
      ++at;
      continue;
    }
    if (too_many) --old;
    m_around->retired(at->file().number(), current_name(at->file().descriptor()));
    at = m_chain.erase(at);
  }
}

source::progress path_source::read(chunk& out, time_point now) {
  for (std::size_t i = 0; i < m_chain.size(); ++i) {
    const progress made = read_member(m_chain[i], out, now);
    if (made != progress::nothing) return made;
    if (!next_may_begin(i, now)) break;
  }
  if (m_chain.size() > 1 || current() == nullptr) plan(now);
  return progress::nothing;
}

source::progress path_source::read_member(chain_member& member, chunk& out, time_point now) {
  if (!member.readable()) return end_of(member, out, now);
  const auto too_long = [&](std::uint64_t offset, std::uint64_t size) {
    m_around->tell(line_too_long{m_path, offset, size});
  };
  const auto found =
      member.file().read(out, m_around->blocks, m_around->options.max_line, too_long);
  switch (found) {
    case generation::outcome::lines:
      return hand_out(member, out, now);
    case generation::outcome::more:
      member.was_read(0, now);
      return progress::more;
    case generation::outcome::at_end:
      member.was_read(0, now);
      return end_of(member, out, now);
    case generation::outcome::truncated:
      truncated(member, now);
      return progress::more;
    case generation::outcome::failed:
      member.failed();
      unreadable(member.file().error());
      return progress::nothing;
  }
  return progress::nothing;
}

/// A file that has been read to its end: its unfinished line is one when nothing will finish it.
source::progress path_source::end_of(chain_member& member, chunk& out, time_point now) {
  const bool will_not_grow = m_around->options.once || member.is_left(now);
  if (member.file().rest() == 0 || member.has_failed() || !will_not_grow) return progress::nothing;
  member.look(now);  // a line end may have come since the last look
  if (member.readable() && member.size() > member.file().seen() && !is_done(member)) {
    return progress::more;
  }
  const auto found = member.file().read_rest(out, m_around->options.max_line,
                                             [&](std::uint64_t offset, std::uint64_t size) {
                                               m_around->tell(line_too_long{m_path, offset, size});
                                             });
  return found == generation::outcome::lines ? hand_out(member, out, now) : progress::nothing;
}

source::progress path_source::hand_out(chain_member& member, chunk& out, time_point now) {
  out.source = m_id;
  const std::uint64_t bytes = out.end - out.begin;
  if (member.has_failed()) {
    m_told_error = 0;
    m_around->tell(opened{m_path, out.begin});
  }
  member.was_read(bytes, now);
  if (member.has_successor()) {
    m_around->tell(late_lines{m_path, current_name(member.file().descriptor()), bytes});
  }
  return progress::lines;
}

void path_source::truncated(chain_member& member, time_point now) {
  const std::uint64_t offset = member.file().offset();
  const std::uint64_t known = std::max(member.size(), member.file().seen());
  m_around->tell(follow::truncated{m_path, offset, known - offset});
  m_around->retired(member.file().number(), m_path);
  member.truncated(m_around->next_generation(), now);
  if (bounded()) limit_to_now(member);
}

/// Whether reading goes on behind a member that has been read to its end.
bool path_source::next_may_begin(std::size_t which, time_point now) {
  chain_member& member = m_chain[which];
  if (which + 1 == m_chain.size()) return false;
  if (member.has_successor()) return true;
  if (!member.may_be_succeeded(now) && !(bounded() && is_done(member))) return false;
  member.succeeded();
  m_around->tell(
      rotated{m_path, current_name(member.file().descriptor()), member.read_since_away()});
  return true;
}

void path_source::plan(time_point now) {
  m_due.reset();
  if (bounded()) return;
  const bool polling = m_around->watches.polling();
  const auto& interval = m_around->options.poll;
  m_due = now + (polling ? interval.value_or(milliseconds(250)) : milliseconds(full_look));
  for (const auto& member : m_chain) {
    if (const auto due = member.due(now)) m_due = std::min(*m_due, *due);
  }
}

void path_source::limit_to_now(chain_member& member) const {
  const std::uint64_t size = status_of(member.file().descriptor()).size;
  member.file().limit(size, m_around->options.once);
}

void path_source::stop(time_point now) {
  look(now);
  m_stopping = true;
  for (auto& member : m_chain)
    limit_to_now(member);
  m_due.reset();
}

bool path_source::is_done(const chain_member& member) const {
  if (member.has_failed()) return true;
  const generation& file = member.file();
  if (file.offset() >= file.limit()) return true;
  if (member.readable() && file.seen() < file.limit()) return false;
  return !m_around->options.once || (!member.readable() && file.rest() == 0);
}

bool path_source::finished() const {
  return bounded() && std::all_of(m_chain.begin(), m_chain.end(),
                                  [&](const auto& member) { return is_done(member); });
}

void path_source::tell_partials() const {
  for (const auto& member : m_chain) {
    const generation& file = member.file();
    if (file.rest() != 0) m_around->tell(partial_held{m_path, file.offset(), file.rest()});
  }
}

std::uint64_t path_source::unread_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& member : m_chain) {
    const generation& file = member.file();
    const auto end = std::min(status_of(file.descriptor()).size, file.limit());
    if (end > file.seen()) bytes += end - file.seen();
  }
  return bytes;
}

std::optional<std::string> path_source::name_of(generation_id generation) const {
  for (const auto& member : m_chain) {
    if (member.file().number() == generation) return current_name(member.file().descriptor());
  }
  return std::nullopt;
}

}  // namespace logpipe::follow
