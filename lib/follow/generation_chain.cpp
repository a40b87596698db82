#include <logpipe/follow/generation_chain.hpp>
#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace logpipe::follow {

namespace {

/// Old files that are left, beyond so many of a source, are let go before their time.
constexpr std::size_t most_old_members = 16;
/// So many that were let go are remembered: none of them was missed.
constexpr std::size_t most_remembered = 16;

bool is_finished(const chain_member& member, time_point now) {
  return member.has_successor() && !member.readable() && member.is_left(now) &&
         member.file().rest() == 0;
}

auto is_file(const identity& file) {
  return [&file](const chain_member& member) { return member.file().id() == file; };
}

}  // namespace

generation_chain::generation_chain(source_id id, std::string path, const surroundings& around)
    : m_id(id),
      m_path(std::move(path)),
      m_log(full_path(m_path)),
      m_around(&around),
      m_backlog(id, m_path, m_log, around) {}

chain_member* generation_chain::add(fd file, const start_at& start, time_point now) {
  const file_status status = status_of(file.get());
  const bool is_new = !m_around->files.is_known(status.id);
  const auto left_off = m_around->files.claim(status.id, m_id);
  if (!left_off) return nullptr;
  beginning from;
  if (stands_at(file.get(), *left_off)) from.offset = left_off->offset;
  if (is_new || from.offset == 0) from = beginning_of(file.get(), status, start);
  chain_member& member = insert(std::move(file), from.offset, now);
  if (!m_awaits_past) {
    tell_begun(member, std::move(from.continues));
  } else {
    m_untold.emplace(member.file().number(), std::move(from.continues));
  }
  return &member;
}

chain_member& generation_chain::insert(fd file, std::uint64_t offset, time_point now) {
  // The watch is set before the first read: what is written after that is hinted at.
  watch watching;
  if (!m_around->options.once) watching = m_around->watches.on_file(file.get(), m_id);
  auto& member = m_members.emplace_back(std::move(file), m_around->next_generation(), offset, now);
  member.watch_by(std::move(watching));
  m_around->open.opened(m_id);
  if (bounded()) limit_to_now(member);
  return member;
}

chain_member* generation_chain::current() {
  return m_members.empty() || m_members.back().is_away() ? nullptr : &m_members.back();
}

bool generation_chain::contains(const identity& file) const {
  return std::any_of(m_members.begin(), m_members.end(), is_file(file));
}

bool generation_chain::has_read(const identity& file) const {
  return contains(file) || std::find(m_let_go.begin(), m_let_go.end(), file) != m_let_go.end();
}

void generation_chain::bring_back(const identity& file) {
  const auto found = std::find_if(m_members.begin(), m_members.end(), is_file(file));
  chain_member member = std::move(*found);
  m_members.erase(found);
  member.came_back();
  m_members.push_back(std::move(member));
}

bool generation_chain::hint(const watch_hint& hint, time_point now) {
  for (auto& member : m_members) {
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
        member.attributes_changed();
        return true;
    }
  }
  return true;
}

bool generation_chain::rest(time_point now) {
  const std::size_t members = m_members.size();
  if (!m_backlog.is_empty()) return false;
  if (members > 1) {
    let_go_old(now, 0);
    return m_members.size() < members;
  }
  if (current() == nullptr) return false;
  chain_member& member = m_members.back();
  if (!member.file().is_open() || member.error() != 0) return false;
  member.look(now);  // what happens from now on is seen by its path alone
  member.file().close();
  m_around->open.closed(m_id);
  return true;
}

const chain_member* generation_chain::resting() const {
  const bool is =
      m_members.size() == 1 && m_backlog.is_empty() && !m_members.back().file().is_open();
  return is ? &m_members.back() : nullptr;
}

void generation_chain::reopen(fd file) {
  m_members.back().file().reopen(std::move(file));
  m_around->open.opened(m_id);
}

void generation_chain::give_up(time_point now) {
  const generation& file = m_members.back().file();
  m_around->files.release(file.id(), file.seen_mark(), now);
  retire(m_members.back(), kept_generation::state::followed);
  m_members.clear();
}

void generation_chain::look(const std::optional<file_status>& here, time_point now) {
  if (resting() != nullptr) return;
  for (auto& member : m_members) {
    if (here && here->id == member.file().id()) {
      member.look(*here, now);
    } else {
      member.look(now);
    }
  }
  if (!bounded()) let_go_old(now, most_old_members);
}

void generation_chain::let_go_old(time_point now, std::size_t most_finished) {
  auto finished = static_cast<std::size_t>(
      std::count_if(m_members.begin(), m_members.end(),
                    [&](const auto& member) { return is_finished(member, now); }));
  for (auto at = m_members.begin(); at != m_members.end();) {
    const bool too_many = finished > most_finished && is_finished(*at, now);
    const bool has_next = std::next(at) != m_members.end();
    const bool waits = has_next && !at->has_successor();
    if (!too_many && (waits || !at->may_be_let_go(now))) {
      ++at;
      continue;
    }
    if (too_many) --finished;
    at = remove(at, now);
  }
}

std::deque<chain_member>::iterator generation_chain::remove(
    const std::deque<chain_member>::iterator& at, time_point now) {
  const generation& file = at->file();
  m_around->files.release(file.id(), file.seen_mark(), now);
  retire(*at, kept_generation::state::followed);
  m_let_go.push_back(file.id());
  if (m_let_go.size() > most_remembered) m_let_go.pop_front();
  m_around->open.closed(m_id);
  return m_members.erase(at);
}

bool generation_chain::is_over(time_point now) const {
  if (!m_backlog.is_empty()) return false;
  return std::all_of(m_members.begin(), m_members.end(), [now](const chain_member& member) {
    return member.may_be_succeeded(now) && !member.readable() && member.file().rest() == 0;
  });
}

void generation_chain::end(time_point now) {
  m_backlog.end(now);
  while (!m_members.empty()) {
    remove(m_members.begin(), now);
  }
}

std::uint64_t generation_chain::deleted_unread() const {
  std::uint64_t bytes = 0;
  for (const auto& member : m_members) {
    if (member.is_deleted()) bytes += member.unread();
  }
  return bytes;
}

std::optional<generation_id> generation_chain::oldest_deleted(time_point now) const {
  const auto found =
      std::find_if(m_members.begin(), m_members.end(), [now](const chain_member& member) {
        return member.was_deleted_long_ago(now) && member.unread() != 0;
      });
  if (found == m_members.end()) return std::nullopt;
  return found->file().number();
}

void generation_chain::let_go(generation_id number, time_point now) {
  const auto found = std::find_if(
      m_members.begin(), m_members.end(),
      [number](const chain_member& member) { return member.file().number() == number; });
  if (found == m_members.end()) return;
  m_around->tell(follow::let_go{m_path, found->file().offset(), found->unread()});
  remove(found, now);
}

std::optional<time_point> generation_chain::due(time_point now) const {
  std::optional<time_point> first;
  for (const auto& member : m_members) {
    for (const auto due : {member.due(now), flush_due(member)}) {
      if (due && *due > now && (!first || *due < *first)) first = due;
    }
  }
  return first;
}

void generation_chain::limit_to_now(chain_member& member) const {
  const generation& file = member.file();
  const auto size = file.is_open() ? status_of(file.descriptor()).size : member.size();
  member.file().limit(size, m_around->options.once);
}

void generation_chain::stop() {
  m_stopping = true;
  for (auto& member : m_members) {
    limit_to_now(member);
  }
}

bool generation_chain::is_done(const chain_member& member) const {
  const generation& file = member.file();
  if (member.error() != 0 || file.is_past_limit()) return true;
  if (member.readable() && (file.seen() < file.limit() || file.has_pieces())) return false;
  if (!m_around->options.once) return true;  // an unfinished line stays for the next run
  // It may stay so here too; not, for a moment, that of a file that was just rotated.
  const bool stays = member.fate_of_rest() == chain_member::rest_fate::stays;
  return !member.readable() && (file.rest() == 0 || stays);
}

bool generation_chain::waits_for_rest() const {
  return std::any_of(m_members.begin(), m_members.end(), [](const chain_member& member) {
    return member.file().rest() != 0 &&
           member.fate_of_rest() == chain_member::rest_fate::waited_for;
  });
}

bool generation_chain::is_done() const {
  return bounded() && m_backlog.is_empty() &&
         std::all_of(m_members.begin(), m_members.end(),
                     [&](const auto& member) { return is_done(member); });
}

void generation_chain::tell_partials() const {
  for (const auto& member : m_members) {
    const generation& file = member.file();
    if (file.rest() != 0) m_around->tell(partial_held{m_path, file.offset(), file.rest()});
  }
}

std::uint64_t generation_chain::unread_bytes() const {
  std::uint64_t bytes = m_backlog.unread_bytes();
  for (const auto& member : m_members) {
    const generation& file = member.file();
    bytes += file.is_open() ? file.unread(status_of(file.descriptor()).size) : member.unread();
  }
  return bytes;
}

std::optional<std::string> generation_chain::name_of(generation_id number) const {
  for (const auto& member : m_members) {
    const generation& file = member.file();
    if (file.number() != number) continue;
    return file.is_open() ? current_name(file.descriptor()) : m_path;
  }
  return m_backlog.name_of(number);
}

}  // namespace logpipe::follow
