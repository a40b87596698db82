// What a chain keeps of its generations beyond the run, and what it goes on from.
#include <logpipe/follow/file/start.hpp>
#include <logpipe/follow/generation_chain.hpp>
#include <logpipe/follow/memory/content_view.hpp>
#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/memory/living_file.hpp>
#include <logpipe/follow/names/earlier_files.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::follow {

/// Where a file is begun that nobody has read in this run.
generation_chain::beginning generation_chain::beginning_of(int descriptor,
                                                           const file_status& status,
                                                           const start_at& start) const {
  memory& kept = m_around->kept;
  if (m_around->options.remembers && !kept.is_empty()) {
    content_view content(descriptor, {});
    recollection known = kept.recall(content.shown(status, m_log, 0));
    // What a file holds counts when all files that are there have been seen.
    const bool is_sure = !known.by_content || (!m_awaits_past && !is_read_elsewhere(known));
    if (!known.as.empty() && !known.is_left_out && is_sure) {
      return {known.from.offset, kept.replace(known.as)};
    }
    if (kept.knows(m_log)) return {};  // it came while nothing ran
  }
  const std::uint64_t offset = start_offset(descriptor, status.size, start, m_around->lines);
  if (start.where == start_at::kind::end && offset > 0) m_around->tell(skipped{m_path, offset});
  return {offset, {}};
}

/// Whether a file that is known by what it holds has an original that is read by itself.
bool generation_chain::is_read_elsewhere(const recollection& known) const {
  if (known.is_copy) return true;
  const memory& kept = m_around->kept;
  return std::any_of(known.as.begin(), known.as.end(), [&](kept_id id) {
    const fd original = living_file(kept.at(id), *m_around->listed);
    if (!original) return false;
    return kept.at(id).source == m_log || m_around->files.is_claimed(status_of(original.get()).id);
  });
}

void generation_chain::tell_begun(const chain_member& member, std::vector<kept_id> continues) {
  if (!m_around->options.remembers) return;
  const generation& file = member.file();
  kept_generation now = keep(member);
  now.read = bookmark_at(file.descriptor(), file.offset());
  m_around->tell(generation_begun{file.number(), std::move(now), std::move(continues)});
}

void generation_chain::catch_up(std::vector<past_file> files, time_point now) {
  std::deque<chain_member> present = std::exchange(m_members, {});
  // The last of them may still get lines, as any file that was just rotated.
  std::optional<past_file> last;
  if (!files.empty() && !files.back().compressed) {
    last = std::move(files.back());
    files.pop_back();
  }
  const bool any = last || !files.empty();
  for (auto& file : files) {
    m_backlog.add(std::move(file));
  }
  if (last) {
    chain_member& rotated = insert(std::move(last->file), last->from.offset, now);
    rotated.went_away(now);
    tell_begun(rotated, std::move(last->continues));
  }
  m_awaits_past = false;
  for (chain_member& member : present) {
    chain_member& added = m_members.emplace_back(std::move(member));
    auto untold = m_untold.extract(added.file().number());
    if (untold.empty()) continue;
    // Generations are numbered in the order in which they are read.
    if (any) added.file().renumber(m_around->next_generation());
    if (untold.mapped().empty()) untold.mapped() = recognise(added);
    tell_begun(added, std::move(untold.mapped()));
  }
}

/// A file with a new number, of which nothing has been read: what it holds may have been kept.
std::vector<kept_id> generation_chain::recognise(chain_member& member) const {
  if (m_around->kept.is_empty()) return {};
  generation& file = member.file();
  const file_status status = status_of(file.descriptor());
  auto known = beginning_of(file.descriptor(), status, first_byte);
  if (!known.continues.empty()) file.begin_at(known.offset);
  return std::move(known.continues);
}

kept_generation generation_chain::keep(const chain_member& member) const {
  const generation& file = member.file();
  // Where the path is a link, what that leads to is rotated.
  const std::string name = file.is_open() ? current_name(file.descriptor()) : m_path;
  kept_generation now = follow::describe(file, m_log, name);
  now.size = now.file_size = std::max(member.size(), file.seen());
  if (member.has_successor()) now.what = kept_generation::state::followed;
  return now;
}

std::optional<kept_generation> generation_chain::describe(generation_id number) const {
  for (const auto& member : m_members) {
    if (member.file().number() == number) return keep(member);
  }
  return m_backlog.describe(number);
}

void generation_chain::followed(chain_member& member) {
  member.succeeded();
  if (m_around->options.remembers) m_around->tell(generation_followed{member.file().number()});
}

/// The member gives no more lines as the generation that it is.
void generation_chain::retire(const chain_member& member, kept_generation::state what) {
  const generation& file = member.file();
  std::string name = file.is_open() ? current_name(file.descriptor()) : std::string();
  kept_generation last = follow::describe(file, m_log, name);
  last.what = what;
  m_around->retired(file.number(), std::move(last), std::move(name));
}

/// After a time in which nothing ran it would have to be found by its name.
void generation_chain::warn_if_out_of_sight(const chain_member& renamed) {
  if (!m_around->options.remembers || m_warned) return;
  const std::string name = current_name(renamed.file().descriptor());
  if (name.empty() || name == m_log) return;
  if (const auto pattern = out_of_sight(m_log, name, m_around->options.rotated)) {
    m_warned = true;
    m_around->tell(rotated_out_of_sight{m_path, name, *pattern});
  }
}

}  // namespace logpipe::follow
