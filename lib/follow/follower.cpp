#include <logpipe/follow/copies.hpp>
#include <logpipe/follow/deleted_files.hpp>
#include <logpipe/follow/discovery.hpp>
#include <logpipe/follow/file_system.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/identity.hpp>
#include <logpipe/follow/joining_source.hpp>
#include <logpipe/follow/own_files.hpp>
#include <logpipe/follow/path_source.hpp>
#include <logpipe/follow/roster.hpp>
#include <logpipe/follow/stream_source.hpp>
#include <logpipe/follow/turns.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <set>
#include <system_error>
#include <unordered_set>
#include <utility>

namespace logpipe::follow {

namespace {

/// Names of so many generations that were let go are remembered.
constexpr std::size_t most_retired = 4096;

constexpr start_at first_byte{.where = start_at::kind::beginning, .lines = 0};

}  // namespace

struct follower::state {
  state(follow_options wanted, observer observe)
      : options(std::move(wanted)),
        tell(std::move(observe)),
        watches(!options.once && !options.poll),
        blocks(options.block_size),
        open(options.max_open),
        around{options,
               tell,
               watches,
               wakes,
               blocks,
               files,
               open,
               [this] { return next_generation++; },
               [this](const std::string& path) { return has_events(path); },
               [this](const std::string& path, int descriptor, time_point now) {
                 return known.what_is(path, descriptor, now, true) != copies::answer::own;
               },
               [this](generation_id number, std::string name) { retire(number, std::move(name)); }},
        patterns(options, tell, [this](int error) { degraded(error); }),
        known(sources, files, [this](source_id id) { wake(id); }),
        deleted(sources, options.hold_deleted, tell, [this](source_id id) { wake(id); }) {
    if (!watches.polling()) wakes.add_events(watches.descriptor());
    if (patterns.descriptor() >= 0) wakes.add_events(patterns.descriptor());
  }

  source_id add(std::unique_ptr<source> what, std::string path);
  void wake(source_id id);
  std::unique_ptr<source> joined(std::unique_ptr<source> what, const std::string& path);
  void exchange_replaced(source_id id, roster::entry& entry, time_point now);
  void look_at(source_id id, time_point now);
  void make_room(source_id user, time_point now);
  void look_at_all(time_point now);
  verdict offer(const std::string& path, bool later, time_point now);
  copies::answer what_is(const std::string& path, time_point now);
  bool has_events(const std::string& path);
  void drop(source_id id);
  void degraded(int error);
  void look_after_failure(time_point now);
  bool ends() const noexcept;
  void retire(generation_id number, std::string name);

  follow_options options;
  observer tell;
  watcher watches;
  wake_set wakes;
  block_store blocks;
  claims files;
  open_files open;
  surroundings around;
  discovery patterns;
  own_files ours;
  roster sources;
  copies known;
  deleted_files deleted;
  generation_id next_generation = 0;
  std::map<generation_id, std::string> retired;

  /// Those that were found, but are no sources because they cannot be looked at.
  std::unordered_set<std::string> unreachable_paths;
  /// Why inotify cannot be used, as it was told: files and patterns have a queue each.
  std::set<int> degradations;
  /// File systems without events that were told.
  std::unordered_set<std::string> unannounced;
  turns whose;
  bool only_streams = true;
  bool stopping = false;

  // Used again by each look().
  std::vector<watch_hint> hints;
  std::vector<source_id> streams;
  std::vector<source_id> to_look;
};

std::unique_ptr<source> follower::state::joined(std::unique_ptr<source> what,
                                                const std::string& path) {
  if (!options.multiline) return what;
  return std::make_unique<joining_source>(std::move(what), path, around);
}

source_id follower::state::add(std::unique_ptr<source> what, std::string path) {
  const source_id id = sources.next();
  sources.add(joined(std::move(what), path), path);
  wake(id);
  return id;
}

void follower::state::wake(source_id id) {
  whose.plan(id, sources.at(id).what->due());
  whose.queue(id);
}

/// Where something of the other kind has come to a source's path, that is read from now on.
void follower::state::exchange_replaced(source_id id, roster::entry& entry, time_point now) {
  if (stopping || !entry.what->is_replaced(now)) return;
  try {
    const auto here = status_of(entry.path);
    std::unique_ptr<source> next;
    if (here && S_ISFIFO(here->mode)) {
      next = std::make_unique<stream_source>(id, entry.path, around, now);
    } else {
      next = std::make_unique<path_source>(id, entry.path, around, now, first_byte);
      only_streams = false;
    }
    entry.what->replace(now);
    entry.what = joined(std::move(next), entry.path);
  } catch (const std::system_error&) {
    return;  // it has gone again; the next look tells
  }
  entry.what->hold(whose.is_held(id));
  wake(id);
}

void follower::state::look_at(source_id id, time_point now) {
  roster::entry& looked_at = sources.at(id);
  looked_at.what->look(now);
  exchange_replaced(id, looked_at, now);
  if (looked_at.discovered && looked_at.what->is_spent()) return drop(id);
  if (looked_at.what->deleted_unread() != 0) deleted.held_by(id);
  whose.plan(id, looked_at.what->due());
  whose.queue(id);
  make_room(id, now);
}

/// Has others close their files when too many are open. Some cannot: they are asked again later.
void follower::state::make_room(source_id user, time_point now) {
  open.used(user);
  for (int asked = 0; asked < 16; ++asked) {
    const auto quiet = open.to_close();
    if (!quiet || *quiet == user) return;
    if (!sources.at(*quiet).what->rest(now)) open.used(*quiet);
  }
}

void follower::state::look_at_all(time_point now) {
  for (auto next = sources.begin(); next != sources.end();) {
    look_at((next++)->first, now);  // which may drop it
  }
}

/// Makes a source of a file that a pattern matches, if it is not one already.
verdict follower::state::offer(const std::string& path, bool later, time_point now) {
  if (sources.by_path(path)) return verdict::settled;
  try {
    const auto status = status_of(path);
    if (!status) return verdict::later;
    if (!S_ISREG(status->mode) || ours.contains(path, *status)) return verdict::settled;
    if (!files.is_to_read(status->id, status->size, now)) return verdict::later;
    if (later) {
      switch (what_is(path, now)) {
        case copies::answer::wait:
          return verdict::soon;
        case copies::answer::copy:
          return verdict::later;
        case copies::answer::own:
          break;
      }
    }
    const auto& start = later ? first_byte : options.start;
    auto log = std::make_unique<path_source>(sources.next(), path, around, now, start);
    if (log->is_spent()) return verdict::later;  // it went, or another source took it, just now
    const source_id id = add(std::move(log), path);
    sources.at(id).discovered = true;
    make_room(id, now);
    only_streams = false;
    tell(follow::discovered{id, path});
    if (unreachable_paths.erase(path) != 0) tell(opened{path, 0});
    return verdict::settled;
  } catch (const std::system_error& failed) {
    // One that can be looked at but not opened has become a source, which tells it, but with
    // `once`.
    if (unreachable_paths.insert(path).second) tell(unreadable{path, failed.code().value()});
    return verdict::later;
  }
}

copies::answer follower::state::what_is(const std::string& path, time_point now) {
  const fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file) return errno == ENOENT ? copies::answer::wait : copies::answer::own;
  return known.what_is(path, file.get(), now, false);
}

/// Told once for each file system.
bool follower::state::has_events(const std::string& path) {
  const auto system = file_system_of(path);
  if (system && system->has_events) return true;
  const std::string name = system ? system->name : "";
  if (!watches.polling() && unannounced.insert(name).second) tell(no_events{path, name});
  return false;
}

void follower::state::drop(source_id id) {
  const std::string path = sources.at(id).path;
  tell(ended{id, path});
  whose.forget(id);
  deleted.forget(id);
  sources.remove(id);
  patterns.ended(path);
}

void follower::state::degraded(int error) {
  if (degradations.insert(error).second) tell(watch_degraded{{}, error});
}

/// When inotify has failed, what it may have left unsaid is looked for.
void follower::state::look_after_failure(time_point now) {
  const auto failure = watches.take_failure();
  if (!failure) return;
  degraded(*failure);
  look_at_all(now);
}

void follower::state::retire(generation_id number, std::string name) {
  tell(generation_ended{number});
  retired.insert_or_assign(number, std::move(name));
  if (retired.size() > most_retired) retired.erase(retired.begin());
}

follower::follower(follow_options options, observer tell)
    : m_state(std::make_unique<state>(std::move(options), std::move(tell))) {}

follower::~follower() = default;

source_id follower::add(const std::string& path, time_point now) {
  state& s = *m_state;
  const auto status = status_of(path);
  if (status && S_ISFIFO(status->mode)) {
    return s.add(std::make_unique<stream_source>(s.sources.next(), path, s.around, now), path);
  }
  s.only_streams = false;
  auto log = std::make_unique<path_source>(s.sources.next(), path, s.around, now, s.options.start);
  const source_id id = s.add(std::move(log), path);
  s.make_room(id, now);
  return id;
}

source_id follower::add_stream(fd descriptor, std::string name) {
  state& s = *m_state;
  auto stream =
      std::make_unique<stream_source>(s.sources.next(), std::move(descriptor), name, s.around);
  return s.add(std::move(stream), std::move(name));
}

void follower::add_pattern(const file_pattern& pattern, time_point now) {
  state& s = *m_state;
  s.only_streams = false;
  s.patterns.add(pattern, now, [&](const std::string& path) { return s.offer(path, false, now); });
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
  s.patterns.look(now, [&](const std::string& path) { return s.offer(path, true, now); });
  s.look_after_failure(now);  // one that was found just now may have been one too many
  s.deleted.keep_bound(now);
}

bool follower::read(chunk& out, time_point now) {
  state& s = *m_state;
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

bool follower::state::ends() const noexcept {
  return options.once || stopping || only_streams;
}

bool follower::finished() const noexcept {
  const auto& sources = m_state->sources;
  return m_state->ends() && std::all_of(sources.begin(), sources.end(), [](const auto& entry) {
           return entry.second.what->finished();
         });
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
