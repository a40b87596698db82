// Which files become sources of a follower, and as what.
#include <logpipe/base/file_system.hpp>
#include <logpipe/follow/compressed_source.hpp>
#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/follower_state.hpp>
#include <logpipe/follow/joining_source.hpp>
#include <logpipe/follow/memory/content_view.hpp>
#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/memory/living_file.hpp>
#include <logpipe/follow/names/real_path.hpp>
#include <logpipe/follow/names/rotated_name.hpp>
#include <logpipe/follow/path_source.hpp>
#include <logpipe/follow/stream_source.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace logpipe::follow {

std::unique_ptr<source> follower::state::joined(std::unique_ptr<source> what,
                                                const std::string& path) {
  if (!options.multiline) return what;
  return std::make_unique<joining_source>(std::move(what), path, around);
}

/// A compressed file may have been read in part, compressed or before it was.
recollection follower::state::what_was_kept_of(const std::string& path) {
  if (kept.is_empty() || !status_of(path)) return {};
  const fd file = open_regular(path);
  content_view content(file.get(), path);
  auto found = kept.recall(content.shown(status_of(file.get()), full_path(path), 0));
  const bool is_copy =
      found.by_content && (found.is_copy || living_file(kept, found, *around.listed));
  if (found.is_left_out || is_copy) return {};
  found.as = kept.replace(found.as);
  return found;
}

/// The log that is named literally.
std::unique_ptr<source> follower::state::log_at(const std::string& path, time_point now) {
  const source_id id = sources.next();
  if (is_compressed_log(path)) {
    auto before = what_was_kept_of(path);
    return std::make_unique<compressed_source>(id, path, around, now, before.from,
                                               std::move(before.as));
  }
  return path_log(id, path, options.start, true, now);
}

/// With what became of it while nothing ran, unless that is looked for with that of the others.
std::unique_ptr<path_source> follower::state::path_log(source_id id, const std::string& path,
                                                       const start_at& start, bool expected,
                                                       time_point now) {
  auto log = std::make_unique<path_source>(id, path, around, now, start, expected);
  if (caught_up && options.remembers) {
    directory_lists lists;
    log->catch_up(lists, now);
    log->tell_vanished(lists);
  }
  return log;
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
      next = path_log(id, entry.path, first_byte, true, now);
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

/// What a pattern matches when it is added. What earlier runs knew of is added first: another file
/// may be what a log had before, or its copy.
verdict follower::state::offer_at_start(const std::string& path, time_point now) {
  try {
    const auto status = status_of(path);
    if (status && !caught_up && !kept.is_empty() && !is_known_log(path, *status)) {
      put_off.push_back(path);
      return verdict::later;
    }
  } catch (const std::system_error&) {
    // It is told when it is offered.
  }
  return offer(path, options.start, now, true);
}

/// Makes a source of a file that a pattern matches, if it is not one already.
verdict follower::state::offer(const std::string& path, const start_at& start, time_point now,
                               bool is_copy_known) {
  if (sources.by_path(path)) return verdict::settled;
  try {
    const auto status = status_of(path);
    if (!status) return verdict::later;
    if (!S_ISREG(status->mode) || ours.contains(path, *status)) return verdict::settled;
    if (!files.is_to_read(status->id, status->size, now)) return verdict::later;
    if (!is_copy_known) {
      switch (what_is(path, now, true)) {
        case copies::answer::wait:
          return verdict::soon;
        case copies::answer::copy:
          return verdict::later;
        case copies::answer::own:
          break;
      }
    }
    // It may have gone, or another source taken it, just now; or it is too old.
    if (!add_discovered(path, start, now)) return verdict::later;
    if (unreachable_paths.erase(path) != 0) tell(opened{path, 0});
    return verdict::settled;
  } catch (const std::system_error& failed) {
    // One that can be looked at but not opened has become a source, which tells it, but with
    // `once`.
    if (unreachable_paths.insert(path).second) tell(unreadable{path, failed.code().value()});
    return verdict::later;
  }
}

/// False when there is nothing to read at the path.
bool follower::state::add_discovered(const std::string& path, const start_at& start,
                                     time_point now) {
  auto log = path_log(sources.next(), path, start, false, now);
  if (log->is_spent() && (caught_up || !kept.knows(full_path(path)))) return false;
  const source_id id = add(std::move(log), path);
  sources.at(id).discovered = true;
  make_room(id, now);
  only_streams = false;
  tell(follow::discovered{id, path});
  return true;
}

/// Whether the file at a path is surely that log's own: its number is, or no other log's, and the
/// path is known.
bool follower::state::is_known_log(const std::string& path, const file_status& status) const {
  const std::string log = full_path(path);
  const kept_generation* same = kept.by_number(status.id.inode, status.id.birth);
  return same != nullptr ? same->source == log : kept.knows(log);
}

/// Whether a file has a name that what a known log had before may have.
bool follower::state::is_past_by_name(const std::string& path) const {
  const auto logs = rotated_from(full_path(path));
  return std::any_of(logs.begin(), logs.end(), [&](const auto& each) { return kept.knows(each); });
}

/// When all sources that there are at the start have been added, each file that one of them reads
/// now has been claimed: what else they had is looked for.
void follower::state::catch_up(time_point now) {
  if (caught_up) return;
  add_known_logs(now);
  caught_up = true;
  directory_lists lists;
  for (auto& [id, entry] : sources) {
    entry.what->catch_up(lists, now);
    wake(id);
  }
  for (const auto& path : std::exchange(put_off, {})) {
    if (is_copy(path, now)) continue;  // unless it grows: it is offered again
    offer(path, is_past_by_name(path) ? first_byte : options.start, now, true);
  }
  for (auto& [id, entry] : sources) {
    entry.what->tell_vanished(lists);
  }
}

bool follower::state::is_ours(const std::string& path) const {
  try {
    const auto status = status_of(path);
    return status && ours.contains(path, *status);
  } catch (const std::system_error&) {
    return false;
  }
}

/// A log of which something is kept may have no file at the moment.
void follower::state::add_known_logs(time_point now) {
  for (const auto& log : kept.logs()) {
    const auto path = patterns.name_of(log);
    if (path && !sources.by_path(*path) && !is_ours(*path)) {
      add_discovered(*path, first_byte, now);
    }
  }
}

copies::answer follower::state::what_is(const std::string& path, time_point now, bool can_wait) {
  const fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file) return errno == ENOENT ? copies::answer::wait : copies::answer::own;
  return known.what_is(path, file.get(), now, can_wait, false);
}

bool follower::state::is_copy(const std::string& path, time_point now) {
  try {
    return what_is(path, now, false) == copies::answer::copy;
  } catch (const std::system_error&) {
    return false;  // it is told when it is offered
  }
}

/// Told once for each file system.
bool follower::state::has_events(const std::string& path) {
  const auto system = file_system_of(path);
  if (system && system->has_events) return true;
  const std::string name = system ? system->name : "";
  if (!watches.polling() && unannounced.insert(name).second) tell(no_events{path, name});
  return false;
}

}  // namespace logpipe::follow
