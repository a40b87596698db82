#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/follower_state.hpp>
#include <logpipe/follow/path_source.hpp>
#include <logpipe/follow/stream_source.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <utility>

namespace logpipe::follow {

follower::follower(follow_options options, observer tell, std::vector<kept_generation> kept)
    : m_state(std::make_unique<state>(std::move(options), std::move(tell), std::move(kept))) {}

follower::~follower() = default;

source_id follower::add(const std::string& path, time_point now) {
  state& s = *m_state;
  const auto status = status_of(path);
  if (status && S_ISFIFO(status->mode)) {
    return s.add(std::make_unique<stream_source>(s.sources.next(), path, s.around, now), path);
  }
  s.only_streams = false;
  const source_id id = s.add(s.log_at(path, now), path);
  s.make_room(id, now);
  return id;
}

source_id follower::add_stream(fd descriptor, const std::string& name) {
  state& s = *m_state;
  auto stream =
      std::make_unique<stream_source>(s.sources.next(), std::move(descriptor), name, s.around);
  return s.add(std::move(stream), name);
}

void follower::add_pattern(const file_pattern& pattern, time_point now) {
  state& s = *m_state;
  s.only_streams = false;
  s.patterns.add(pattern, now,
                 [&](const std::string& path) { return s.offer_at_start(path, now); });
}

void follower::leave_out(const std::string& path) {
  m_state->ours.add(path);
}

void follower::leave_out(const identity& file) {
  m_state->ours.add(file);
}

void follower::limit_lines(std::size_t max_line) noexcept {
  m_state->around.lines.max_line = max_line;
}

void follower::hold(source_id source, bool held) {
  m_state->sources.at(source).what->hold(held);
  m_state->whose.hold(source, held);
}

int follower::wake_fd() const noexcept {
  return m_state->wakes.descriptor();
}

std::optional<time_point> follower::next_look(time_point /*now*/) const {
  const auto source = m_state->whose.first_due();
  const auto pattern = m_state->patterns.due();
  return source && pattern ? std::min(*source, *pattern) : source ? source : pattern;
}

void follower::look(time_point now) {
  state& s = *m_state;
  s.catch_up(now);
  s.hints.clear();
  s.streams.clear();
  s.to_look.clear();
  s.wakes.take(s.streams);
  s.watches.take(s.hints);

  for (const source_id id : s.streams) {
    s.whose.queue(id);
  }
  for (const watch_hint& hint : s.hints) {
    roster::entry& hinted = s.sources.at(hint.source);
    if (hinted.what->hint(hint, now) && !std::exchange(hinted.to_look, true)) {
      s.to_look.push_back(hint.source);
    }
    s.whose.queue(hint.source);
  }
  for (const source_id id : s.to_look) {
    s.sources.at(id).to_look = false;
    s.look_at(id, now);
  }
  while (const auto due = s.whose.due(now)) {
    s.look_at(*due, now);
  }
  s.look_after_failure(now);
  // Behind the sources: what was renamed from one name to another is theirs already.
  s.patterns.look(now, [&](const std::string& path) { return s.offer(path, first_byte, now); });
  s.look_after_failure(now);  // one that was found just now may have been one too many
  s.deleted.keep_bound(now);
}

bool follower::read(chunk& out, time_point now) {
  state& s = *m_state;
  s.catch_up(now);
  while (const auto id = s.whose.next()) {
    roster::entry& entry = s.sources.at(*id);
    const auto made = entry.what->read(out, now);
    s.make_room(*id, now);
    s.whose.plan(*id, entry.what->due());
    if (made == source::progress::nothing) {
      s.whose.done(*id);
      s.exchange_replaced(*id, entry, now);
      continue;
    }
    s.whose.again(*id);
    if (made == source::progress::more) out.lines.clear();
    return true;
  }
  return false;
}

void follower::stop(time_point now) {
  state& s = *m_state;
  look(now);
  s.stopping = true;
  s.patterns.stop();
  for (auto& [id, entry] : s.sources) {
    entry.what->stop(now);
    s.whose.plan(id, entry.what->due());
    s.whose.queue(id);
  }
}

bool follower::finished() const noexcept {
  // With thousands of sources asking each would cost more than reading them.
  if (!m_state->caught_up || !m_state->ends() || !m_state->whose.is_empty()) return false;
  const auto& sources = m_state->sources;
  return std::all_of(sources.begin(), sources.end(),
                     [](const auto& entry) { return entry.second.what->finished(); });
}

bool follower::finished_but_held() const noexcept {
  const auto& sources = m_state->sources;
  return m_state->ends() && std::all_of(sources.begin(), sources.end(), [this](const auto& entry) {
           return entry.second.what->finished() || m_state->whose.is_held(entry.first);
         });
}

void follower::tell_partials() const {
  for (const auto& [id, entry] : m_state->sources) {
    entry.what->tell_partials();
  }
}

const std::string& follower::path_of(source_id source) const {
  return m_state->sources.at(source).path;
}

std::string follower::name_of(generation_id generation) const {
  const auto retired = m_state->retired.find(generation);
  if (retired != m_state->retired.end()) return retired->second;
  for (const auto& [id, entry] : m_state->sources) {
    if (auto name = entry.what->name_of(generation)) return *name;
  }
  return {};
}

std::optional<kept_generation> follower::describe(source_id source,
                                                  generation_id generation) const {
  if (!m_state->sources.contains(source)) return std::nullopt;
  return m_state->sources.at(source).what->describe(generation);
}

std::size_t follower::sources() const noexcept {
  return m_state->sources.size();
}

std::uint64_t follower::unread_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& [id, entry] : m_state->sources) {
    bytes += entry.what->unread_bytes();
  }
  return bytes;
}

std::uint64_t follower::held_deleted_bytes() const {
  return m_state->deleted.bytes();
}

}  // namespace logpipe::follow
