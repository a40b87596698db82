// How the generations of a chain are read: one after the other, and what a read can find.
#include <logpipe/follow/generation_chain.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::follow {
namespace {

/// Of so many that were cut the content is known again in a copy.
constexpr std::size_t most_cut = 4;

}  // namespace

source::progress generation_chain::read(chunk& out, time_point now) {
  if (!m_backlog.is_empty()) {
    const auto made = m_backlog.read(out, now);
    if (made != source::progress::nothing) return made;
  }
  for (std::size_t i = 0; i < m_members.size(); ++i) {
    const auto made = read_member(m_members[i], out, now);
    if (made != source::progress::nothing) return made;
    if (!next_may_begin(i, now)) break;
  }
  return source::progress::nothing;
}

source::progress generation_chain::read_member(chain_member& member, chunk& out, time_point now) {
  // While nothing has been read only the size shows a cut.
  if (member.readable() && member.file().seen() == 0) member.look(now);
  if (member.was_cut_before_read()) {
    truncated(member, now);
    return source::progress::more;
  }
  if (!member.readable()) return end_of(member, out, now);
  const auto found = member.file().read(out, m_around->blocks, m_around->lines, too_long());
  switch (found) {
    case generation::outcome::lines:
      return hand_out(member, out, now);
    case generation::outcome::more:
      member.was_read(0, now);
      return source::progress::more;
    case generation::outcome::at_end:
      member.was_read(0, now);
      return end_of(member, out, now);
    case generation::outcome::truncated:
      truncated(member, now);
      return source::progress::more;
    case generation::outcome::failed:
      failed(member);
      return source::progress::nothing;
  }
  return source::progress::nothing;
}

/// A file that has been read to its end: its unfinished line is one when nothing will finish it.
source::progress generation_chain::end_of(chain_member& member, chunk& out, time_point now) {
  const bool has_rest = member.file().rest() != 0 && member.error() == 0;
  const bool is_due = has_rest && is_rest_due(member, now);
  using fate = chain_member::rest_fate;
  member.decide_rest(is_due                      ? fate::open
                     : member.has_just_gone(now) ? fate::waited_for
                                                 : fate::stays);
  if (!is_due) return source::progress::nothing;
  member.look(now);  // its end may have come since the last look
  if (member.size() > member.file().seen() && !is_done(member)) return source::progress::more;
  const auto found = member.file().read_rest(out, m_around->lines, too_long());
  if (found == generation::outcome::failed) failed(member);
  if (found == generation::outcome::truncated) {
    truncated(member, now);
    return source::progress::more;
  }
  if (found != generation::outcome::lines) return source::progress::nothing;
  return hand_out(member, out, now);
}

/// Whether an unfinished last line is one as it is, because nothing will finish it.
bool generation_chain::is_rest_due(const chain_member& member, time_point now) const {
  const auto& options = m_around->options;
  if (!options.once) {
    const auto flush = flush_due(member);
    return member.is_left(now) || (flush && *flush <= now);
  }
  if (!options.remembers) return true;
  // The next run may find its end. For how long it has been still only its time can tell.
  const milliseconds still = member.unchanged_for();
  return (member.is_away() && still >= patience::before_left) ||
         (options.flush_partial && still >= *options.flush_partial);
}

source::progress generation_chain::hand_out(chain_member& member, chunk& out, time_point now) {
  out.source = m_id;
  const std::uint64_t bytes = out.end - out.begin;
  if (member.error() != 0) m_around->tell(opened{m_path, out.begin});
  member.was_read(bytes, now);
  if (member.has_successor()) {
    m_around->tell(late_lines{m_path, current_name(member.file().descriptor()), bytes});
  }
  return source::progress::lines;
}

void generation_chain::truncated(chain_member& member, time_point now) {
  member.look(now);  // a read may have noticed the cut first
  const generation& file = member.file();
  const cut_content content = content_of(file);
  // A copy is younger than its original.
  const auto is_another = [&](const identity& other) {
    return has_read(other) || other.birth < file.id().birth;
  };
  fd copy = member.is_away() ? fd() : find_copy(m_path, content, is_another);
  const std::uint64_t kept = copy ? status_of(copy.get()).size : file.offset();
  const std::uint64_t known = member.size_before_cut();
  m_around->tell(follow::truncated{m_path, file.offset(), known - std::min(known, kept)});
  retire(member, kept_generation::state::replaced);
  member.truncated(m_around->next_generation(), now);
  tell_begun(member, {});
  if (bounded()) limit_to_now(member);

  m_cut.push_back(content);
  if (m_cut.size() > most_cut) m_cut.pop_front();
  if (!copy) return;
  m_around->files.pass_over(status_of(copy.get()).id, bookmark_at(copy.get(), content.offset), now);
  take_copy(std::move(copy), now);
}

resemblance generation_chain::resembles(const suspect& file) const {
  for (const auto& content : m_cut) {
    if (is_copy(file, content)) return {resemblance::kind::cut, content.offset};
  }
  for (const auto& member : m_members) {
    const auto copied = copied_bytes(file, member.file());
    if (copied) return {resemblance::kind::living, *copied};
  }
  return {};
}

void generation_chain::take_copy(fd file, time_point now) {
  const bool has_current = current() != nullptr;
  chain_member* copy = add(std::move(file), {.where = start_at::kind::beginning, .lines = 0}, now);
  if (copy == nullptr) return;
  copy->went_away(now);
  followed(*copy);
  if (has_current) std::iter_swap(m_members.end() - 1, m_members.end() - 2);
}

void generation_chain::failed(chain_member& member) {
  const int error = member.file().error();
  if (error != member.error()) m_around->tell(unreadable{m_path, error});
  member.failed(error);
}

/// Whether reading goes on behind a member that has been read to its end.
bool generation_chain::next_may_begin(std::size_t which, time_point now) {
  chain_member& member = m_members[which];
  if (which + 1 == m_members.size()) return false;
  if (member.has_successor()) return true;
  if (!member.may_be_succeeded(now) && !(bounded() && is_done(member))) return false;
  followed(member);
  m_around->tell(
      rotated{m_path, current_name(member.file().descriptor()), member.read_since_away()});
  return true;
}

/// When the member's unfinished line is given as it is.
std::optional<time_point> generation_chain::flush_due(const chain_member& member) const {
  const auto patience = m_around->options.flush_partial;
  if (!patience || m_stopping || member.readable() || member.file().rest() == 0)
    return std::nullopt;
  return member.changed() + *patience;
}

too_long_observer generation_chain::too_long() const {
  return [this](std::uint64_t offset, std::uint64_t size) {
    m_around->tell(line_too_long{m_path, offset, size});
  };
}

}  // namespace logpipe::follow
