#include <logpipe/base/hash.hpp>
#include <logpipe/follow/memory/memory.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace logpipe::follow {

memory::memory(std::vector<kept_generation> kept) : m_kept(std::move(kept)) {
  for (index i = 0; i < m_kept.size(); ++i) {
    const kept_generation& each = m_kept[i];
    m_by_id.emplace(each.id, i);
    m_by_source.emplace(each.source, i);
    if (each.what != kept_generation::state::replaced) m_by_inode.emplace(each.inode, i);
    if (each.head.size() != 0) m_by_head[each.head.size()].emplace(each.head.hash(), i);
  }
}

std::vector<std::string> memory::logs() const {
  std::vector<std::string> all;
  for (auto at = m_by_source.begin(); at != m_by_source.end();
       at = m_by_source.upper_bound(at->first)) {
    all.push_back(at->first);
  }
  return all;
}

const kept_generation* memory::by_number(std::uint64_t inode, std::int64_t birth) const {
  const auto [first, last] = m_by_inode.equal_range(inode);
  const auto at = std::find_if(
      first, last, [&](const auto& entry) { return m_kept[entry.second].birth == birth; });
  return at == last ? nullptr : &m_kept[at->second];
}

bool memory::is_content_of(const shown_file& file, const kept_generation& kept) const {
  if (kept.head.size() != 0 && !kept.head.matches(file.head)) return false;
  return file.compressed_size == kept.file_size || file.stands_at(kept.read);
}

std::vector<memory::index> memory::same_number(const shown_file& file) const {
  std::vector<index> same;
  const auto [first, last] = m_by_inode.equal_range(file.inode);
  for (auto at = first; at != last; ++at) {
    const kept_generation& kept = m_kept[at->second];
    // Without birth times a number alone proves nothing.
    const bool proves = kept.birth != 0 || kept.head.size() != 0 || kept.source == file.log;
    if (kept.birth == file.birth && proves && is_content_of(file, kept)) same.push_back(at->second);
  }
  return same;
}

std::vector<memory::index> memory::same_content(const shown_file& file) const {
  std::vector<index> same;
  std::uint64_t hash = fnv1a_basis;
  std::size_t hashed = 0;
  for (const auto& [size, entries] : m_by_head) {
    if (size > file.head.size()) break;
    hash = fnv1a(file.head.substr(hashed, size - hashed), hash);
    hashed = size;
    const auto [first, last] = entries.equal_range(hash);
    for (auto at = first; at != last; ++at) {
      const kept_generation& kept = m_kept[at->second];
      const bool is_as_it_was = file.compressed_size == kept.file_size;
      const bool has_guard = kept.read.before.size != 0 || !kept.is_done() || is_as_it_was;
      const bool is_named = kept.source == file.log;
      // A copy that was made for a reason: its original was cut, or it was compressed.
      const bool is_made = kept.inode == file.inode_at_log || file.compressed_size;
      const bool proves = kept.alike ? is_named && is_made : kept.head.full() || is_named;
      if (has_guard && proves) same.push_back(at->second);
    }
  }
  // A compressed file is asked about its places in their order.
  std::sort(same.begin(), same.end(), [this](index one, index other) {
    return m_kept[one].read.offset < m_kept[other].read.offset;
  });
  std::erase_if(same, [&](index each) {
    const kept_generation& kept = m_kept[each];
    return file.compressed_size != kept.file_size && !file.stands_at(kept.read);
  });
  return same;
}

/// Its own file was cut before all of it was done with: what remains of it may be in a file that is
/// kept too, and done with, as the copy of what was given by then.
bool memory::is_lost_but_for_copies(const shown_file& file, const kept_generation& kept) {
  return kept.what == kept_generation::state::replaced && !kept.is_done() &&
         kept.inode != file.inode;
}

recollection memory::recall(const shown_file& file, const std::set<kept_id>& others) const {
  auto same = same_number(file);
  recollection all;
  all.by_content = same.empty();
  for (const index each : same_content(file)) {
    if (others.contains(m_kept[each].id)) continue;
    if (all.by_content || is_lost_but_for_copies(file, m_kept[each])) same.push_back(each);
  }
  all.is_left_out = all.is_copy = !same.empty();
  bool any_to_do = false;
  for (const index i : same) {
    const kept_generation& each = m_kept[i];
    const bool to_do = !each.is_done();
    // Of those that are to be read on, the first place; of those that are done, the last.
    const bool is_better =
        to_do == any_to_do ? (each.read.offset < all.from.offset) == to_do : to_do;
    if (all.as.empty() || is_better) all.from = each.read;
    any_to_do = any_to_do || to_do;
    all.as.push_back(each.id);
    all.is_left_out = all.is_left_out && each.what == kept_generation::state::left_out;
    all.is_copy = all.is_copy && m_found.contains(each.id);
  }
  all.is_done = !same.empty() && !any_to_do;
  return all;
}

void memory::found(const std::vector<kept_id>& which) {
  m_found.insert(which.begin(), which.end());
}

std::vector<kept_id> memory::replace(const std::vector<kept_id>& which) {
  found(which);
  std::vector<kept_id> now;
  std::copy_if(which.begin(), which.end(), std::back_inserter(now),
               [this](kept_id id) { return m_replaced.insert(id).second; });
  return now;
}

std::vector<const kept_generation*> memory::of(const std::string& log) const {
  std::vector<const kept_generation*> all;
  const auto [first, last] = m_by_source.equal_range(log);
  for (auto at = first; at != last; ++at) {
    all.push_back(&m_kept[at->second]);
  }
  return all;
}

std::vector<const kept_generation*> memory::missing(const std::string& log) const {
  std::vector<const kept_generation*> all;
  const auto [first, last] = m_by_source.equal_range(log);
  for (auto at = first; at != last; ++at) {
    const kept_generation& each = m_kept[at->second];
    if (!m_found.contains(each.id)) all.push_back(&each);
  }
  return all;
}

std::vector<kept_id> memory::there(const std::string& log) const {
  std::vector<kept_id> all;
  const auto [first, last] = m_by_source.equal_range(log);
  for (auto at = first; at != last; ++at) {
    const kept_id id = m_kept[at->second].id;
    if (m_found.contains(id)) all.push_back(id);
  }
  return all;
}

}  // namespace logpipe::follow
