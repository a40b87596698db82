#include <logpipe/follow/claims.hpp>

#include <algorithm>
#include <chrono>

namespace logpipe::follow {

namespace {

constexpr std::chrono::hours remembered{1};
constexpr std::size_t few = 1024;

}  // namespace

std::optional<bookmark> claims::claim(const identity& file, source_id source) {
  entry& asked = m_entries[file];
  if (asked.owner && *asked.owner != source) return std::nullopt;
  asked.owner = source;
  return asked.read;
}

bool claims::is_claimed(const identity& file) const {
  const auto found = m_entries.find(file);
  return found != m_entries.end() && found->second.owner;
}

void claims::release(const identity& file, const bookmark& read, time_point now) {
  const auto found = m_entries.find(file);
  if (found == m_entries.end()) return;
  // Without birth times another file may get the number, and would pass for this one.
  if (file.birth == 0 && read.before.size == 0) {
    m_entries.erase(found);
    return;
  }
  found->second = {.owner = std::nullopt, .read = read, .asked = now};
  forget_old(now);
}

void claims::pass_over(const identity& file, const bookmark& read, time_point now) {
  entry& known = m_entries[file];
  if (known.owner) return;
  known.read = read;
  known.asked = now;
}

bool claims::is_to_read(const identity& file, std::uint64_t size, time_point now) {
  const auto found = m_entries.find(file);
  if (found == m_entries.end()) return true;
  found->second.asked = now;
  return !found->second.owner && found->second.read.offset != size;
}

void claims::forget_old(time_point now) {
  if (m_entries.size() < m_many) return;
  std::erase_if(m_entries, [now](const auto& known) {
    return !known.second.owner && now - known.second.asked >= remembered;
  });
  m_many = std::max(few, 2 * m_entries.size());
}

}  // namespace logpipe::follow
