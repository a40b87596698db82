#include <logpipe/follow/names/copies.hpp>
#include <logpipe/follow/names/rotated_name.hpp>

#include <chrono>

namespace logpipe::follow {

namespace {

/// A copy of a file is longer than a fingerprint when it is looked at again after this, or is taken
/// for a log of its own: whoever copies writes large blocks.
constexpr milliseconds time_to_grow{200};
constexpr std::chrono::minutes long_ago{1};

}  // namespace

copies::answer copies::what_is(const std::string& path, int descriptor, time_point now,
                               bool by_name_only) {
  const auto found = original_of(path, descriptor, by_name_only);
  if (!found) {
    const bool short_file = status_of(descriptor).size < fingerprint::capacity;
    if (short_file && !by_name_only && is_young(path, now)) return answer::wait;
    m_first_seen.erase(path);
    return answer::own;
  }
  const bool is_living = found->how.what == resemblance::kind::living;
  // Logs may begin with the same long banner: one that has no rotated name and comes to hold
  // something of its own is read from its first byte.
  if (!is_living || found->by_name) {
    m_files->pass_over(status_of(descriptor).id, bookmark_at(descriptor, found->how.offset), now);
  }
  if (is_living) return is_young(path, now) ? answer::wait : answer::copy;
  m_first_seen.erase(path);
  m_sources->at(found->source).what->take_copy(path, now);
  m_woken(found->source);
  return answer::copy;
}

std::optional<copies::original> copies::original_of(const std::string& path, int descriptor,
                                                    bool by_name_only) {
  for (const auto& log : rotated_from(path)) {
    if (const auto named = m_sources->by_path(log)) {
      const auto how = m_sources->at(*named).what->resembles(suspect(descriptor, true));
      if (how.what != resemblance::kind::none) return original{*named, how, true};
    }
  }
  if (by_name_only) return std::nullopt;
  const suspect file(descriptor, false);
  if (!file.is_telling()) return std::nullopt;
  for (const auto& [id, entry] : *m_sources) {
    const auto how = entry.what->resembles(file);
    if (how.what != resemblance::kind::none) return original{id, how, false};
  }
  return std::nullopt;
}

bool copies::is_young(const std::string& path, time_point now) {
  if (!m_can_wait) return false;
  const auto seen = m_first_seen.try_emplace(path, now).first->second;
  if (m_first_seen.size() > 1024) {
    std::erase_if(m_first_seen, [now](const auto& one) { return now - one.second > long_ago; });
  }
  return now - seen < time_to_grow;
}

}  // namespace logpipe::follow
