#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/identity.hpp>
#include <logpipe/follow/path_source.hpp>
#include <logpipe/follow/stream_source.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>

namespace logpipe::follow {

namespace {

/// Names of so many generations that were let go are remembered.
constexpr std::size_t most_retired = 4096;

}  // namespace

struct follower::state {
  state(follow_options wanted, observer observe)
      : options(wanted),
        tell(std::move(observe)),
        watches(!options.once && !options.poll),
        blocks(options.block_size),
        around{
            options,
            tell,
            watches,
            wakes,
            blocks,
            files,
            [this] { return next_generation++; },
            [this](generation_id number, std::string name) { retire(number, std::move(name)); }} {
    if (!watches.polling()) wakes.add_events(watches.descriptor());
  }

  /// A source and when its turn is.
  struct entry {
    std::unique_ptr<source> what;
    std::string path;
    bool queued = false;
    bool to_look = false;
    std::optional<time_point> planned;
  };

  source_id next_id() const { return static_cast<source_id>(sources.size()); }
  source_id add(std::unique_ptr<source> what, std::string path);
  void queue(source_id id);
  void plan(source_id id);
  void look_at(source_id id, time_point now);
  void retire(generation_id number, std::string name);

  follow_options options;
  observer tell;
  watcher watches;
  wake_set wakes;
  block_store blocks;
  claims files;
  surroundings around;
  generation_id next_generation = 0;
  std::map<generation_id, std::string> retired;

  std::vector<entry> sources;
  /// Sources that may have something to read, in turn.
  std::deque<source_id> ready;
  /// When each source is to be looked at next.
  std::set<std::pair<time_point, source_id>> agenda;
  bool only_streams = true;
  bool stopping = false;

  // Used again by each look().
  std::vector<watch_hint> hints;
  std::vector<source_id> streams;
  std::vector<source_id> to_look;
};

source_id follower::state::add(std::unique_ptr<source> what, std::string path) {
  const source_id id = next_id();
  entry& added = sources.emplace_back();
  added.what = std::move(what);
  added.path = std::move(path);
  plan(id);
  queue(id);
  return id;
}

void follower::state::queue(source_id id) {
  if (std::exchange(sources[id].queued, true)) return;
  ready.push_back(id);
}

void follower::state::plan(source_id id) {
  entry& planned = sources[id];
  const auto due = planned.what->due();
  if (due == planned.planned) return;
  if (planned.planned) agenda.erase({*planned.planned, id});
  if (due) agenda.emplace(*due, id);
  planned.planned = due;
}

void follower::state::look_at(source_id id, time_point now) {
  sources[id].what->look(now);
  plan(id);
  queue(id);
}

void follower::state::retire(generation_id number, std::string name) {
  retired.insert_or_assign(number, std::move(name));
  if (retired.size() > most_retired) retired.erase(retired.begin());
}

follower::follower(follow_options options, observer tell)
    : m_state(std::make_unique<state>(options, std::move(tell))) {}

follower::~follower() = default;

source_id follower::add(const std::string& path, time_point now) {
  const auto status = status_of(path);
  const source_id id = m_state->next_id();
  if (status && S_ISFIFO(status->mode)) {
    return m_state->add(std::make_unique<stream_source>(id, path, m_state->around), path);
  }
  m_state->only_streams = false;
  return m_state->add(std::make_unique<path_source>(id, path, m_state->around, now), path);
}

source_id follower::add_stream(fd descriptor, std::string name) {
  const source_id id = m_state->next_id();
  auto stream = std::make_unique<stream_source>(id, std::move(descriptor), name, m_state->around);
  return m_state->add(std::move(stream), std::move(name));
}

int follower::wake_fd() const noexcept {
  return m_state->wakes.descriptor();
}

std::optional<time_point> follower::next_look(time_point /*now*/) const {
  if (m_state->agenda.empty()) return std::nullopt;
  return m_state->agenda.begin()->first;
}

void follower::look(time_point now) {
  state& s = *m_state;
  s.hints.clear();
  s.streams.clear();
  s.to_look.clear();
  s.wakes.take(s.streams);
  s.watches.take(s.hints);

  for (const source_id id : s.streams) {
    s.queue(id);
  }
  for (const watch_hint& hint : s.hints) {
    state::entry& hinted = s.sources[hint.source];
    if (hinted.what->hint(hint, now) && !std::exchange(hinted.to_look, true)) {
      s.to_look.push_back(hint.source);
    }
    s.queue(hint.source);
  }
  for (const source_id id : s.to_look) {
    s.sources[id].to_look = false;
    s.look_at(id, now);
  }
  while (!s.agenda.empty() && s.agenda.begin()->first <= now) {
    s.look_at(s.agenda.begin()->second, now);
  }
  if (const auto failure = s.watches.take_failure()) {
    s.tell(watch_degraded{{}, *failure});
    for (source_id id = 0; id < s.sources.size(); ++id) {
      s.look_at(id, now);
    }
  }
}

bool follower::read(chunk& out, time_point now) {
  state& s = *m_state;
  while (!s.ready.empty()) {
    const source_id id = s.ready.front();
    s.ready.pop_front();
    const auto made = s.sources[id].what->read(out, now);
    s.plan(id);
    if (made == source::progress::nothing) {
      s.sources[id].queued = false;
      continue;
    }
    s.ready.push_back(id);
    if (made == source::progress::more) out.lines.clear();
    return true;
  }
  return false;
}

void follower::stop(time_point now) {
  look(now);
  m_state->stopping = true;
  for (source_id id = 0; id < m_state->sources.size(); ++id) {
    m_state->sources[id].what->stop(now);
    m_state->plan(id);
    m_state->queue(id);
  }
}

bool follower::finished() const noexcept {
  const state& s = *m_state;
  if (!s.options.once && !s.stopping && !s.only_streams) return false;
  return std::all_of(s.sources.begin(), s.sources.end(),
                     [](const auto& entry) { return entry.what->finished(); });
}

void follower::tell_partials() const {
  for (const auto& entry : m_state->sources) {
    entry.what->tell_partials();
  }
}

const std::string& follower::path_of(source_id source) const {
  return m_state->sources.at(source).path;
}

std::string follower::name_of(generation_id generation) const {
  const auto retired = m_state->retired.find(generation);
  if (retired != m_state->retired.end()) return retired->second;
  for (const auto& entry : m_state->sources) {
    if (auto name = entry.what->name_of(generation)) return *name;
  }
  return {};
}

std::uint64_t follower::unread_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& entry : m_state->sources) {
    bytes += entry.what->unread_bytes();
  }
  return bytes;
}

}  // namespace logpipe::follow
