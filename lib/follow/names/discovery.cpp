#include <logpipe/base/file_system.hpp>
#include <logpipe/follow/names/compressed_name.hpp>
#include <logpipe/follow/names/discovery.hpp>
#include <logpipe/follow/watch/interval.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

using namespace std::chrono_literals;

/// All directories are compared with what is known of them so often, whatever the events say.
constexpr milliseconds full_look = 5s;
constexpr milliseconds usual_poll = 250ms;
/// A name that cannot wait so long, a copy that is being written, is asked about again after this.
constexpr milliseconds soon = 250ms;

}  // namespace

discovery::discovery(const follow_options& options, const follower::observer& tell, degraded failed)
    : m_options(&options),
      m_tell(&tell),
      m_degraded(std::move(failed)),
      m_watches(!options.once && !options.poll) {}

void discovery::add(const file_pattern& pattern, time_point now, const offer& take) {
  const std::size_t first = m_searches.size();
  if (pattern.what == file_pattern::kind::glob) {
    for (const auto& text : expand_braces(pattern.text)) {
      search_for(glob(text));
    }
  } else {
    const bool recursive = pattern.what == file_pattern::kind::tree;
    search_for(glob::everything_in(pattern.text, recursive));
  }
  bool any = false;
  const auto failed = [this](const std::string& path, int error) {
    (*m_tell)(unreadable{path, error});
  };
  for (std::size_t i = first; i < m_searches.size(); ++i) {
    m_searches[i].where.look(now, failed);
    m_searches[i].where.offer_names([&](const std::string& path) {
      any = true;
      return take(path);
    });
  }
  if (!any) (*m_tell)(nothing_matches{pattern.text});
  if (m_options->once) return stop();
  m_full_look.reset();
  plan(now);
}

void discovery::search_for(glob pattern) {
  m_globs.push_back(pattern);
  const auto system = file_system_of(pattern.base());
  const auto number = static_cast<source_id>(m_searches.size());
  m_searches.push_back({directory_tree(std::move(pattern), m_options->exclude, m_watches, number),
                        system && system->has_events});
}

void discovery::look(time_point now, const offer& take) {
  m_hints.clear();
  m_watches.take(m_hints);
  for (const auto& hint : m_hints) {
    m_searches[hint.source].where.hint(hint);
  }
  bool all = m_full_look && *m_full_look <= now;
  look_in_each(all, now, take);
  if (const auto failure = m_watches.take_failure()) {
    m_degraded(*failure);
    look_in_each(true, now, take);
    all = true;
  }
  if (all) m_full_look.reset();
  plan(now);
}

void discovery::look_in_each(bool all, time_point now, const offer& take) {
  const auto failed = [this](const std::string& path, int error) {
    (*m_tell)(unreadable{path, error});
  };
  for (auto& one : m_searches) {
    if (all) {
      one.where.look_at_all(now, failed);
    } else {
      one.where.look(now, failed);
    }
    one.where.offer_names(take);
  }
}

void discovery::plan(time_point now) {
  if (m_searches.empty()) return;
  const bool watched =
      !m_watches.polling() && std::all_of(m_searches.begin(), m_searches.end(),
                                          [](const auto& one) { return one.has_events; });
  if (!m_full_look) {
    const milliseconds interval = watched ? full_look : m_options->poll.value_or(usual_poll);
    m_full_look = shared_deadline(now, interval);
  }
  m_due = m_full_look;
  for (const auto& one : m_searches) {
    if (const auto due = one.where.due()) m_due = std::min(*m_due, *due);
    if (one.where.is_urgent()) m_due = std::min(*m_due, now + soon);
  }
}

std::optional<std::string> discovery::name_of(const std::string& log) const {
  std::error_code unknown;
  const std::string here = std::filesystem::current_path(unknown).native() + '/';
  const bool is_below = !unknown && log.starts_with(here);
  for (const std::string& name : {log, is_below ? log.substr(here.size()) : log}) {
    const bool is_found = std::any_of(m_globs.begin(), m_globs.end(),
                                      [&](const glob& each) { return each.matches(name); });
    const auto& exclude = m_options->exclude;
    const bool is_left_out =
        has_compressed_name(name) ||
        std::any_of(exclude.begin(), exclude.end(),
                    [&](const std::string& pattern) { return leaves_out(pattern, name); });
    if (is_found && !is_left_out) return name;
  }
  return std::nullopt;
}

void discovery::ended(const std::string& path) {
  for (auto& one : m_searches) {
    one.where.ended(path);
  }
}

void discovery::stop() {
  m_searches.clear();
  m_due.reset();
}

}  // namespace logpipe::follow
