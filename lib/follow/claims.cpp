#include <logpipe/follow/claims.hpp>

namespace logpipe::follow {

std::optional<std::uint64_t> claims::claim(const identity& file, source_id source) {
  entry& asked = m_entries[file];
  if (asked.owner && *asked.owner != source) {
    asked.wanted = true;
    return std::nullopt;
  }
  asked.owner = source;
  asked.wanted = false;
  return asked.offset;
}

void claims::release(const identity& file, std::uint64_t offset) {
  const auto found = m_entries.find(file);
  if (found == m_entries.end()) return;
  found->second.owner.reset();
  found->second.offset = offset;
  if (!found->second.wanted) m_entries.erase(found);
}

}  // namespace logpipe::follow
