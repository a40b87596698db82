// Which files become sources of a follower, and as what.
#include <logpipe/follow/compressed_source.hpp>
#include <logpipe/follow/file/file_system.hpp>
#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/follower_state.hpp>
#include <logpipe/follow/joining_source.hpp>
#include <logpipe/follow/path_source.hpp>
#include <logpipe/follow/stream_source.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace logpipe::follow {
namespace {

constexpr start_at first_byte{.where = start_at::kind::beginning, .lines = 0};

}  // namespace

std::unique_ptr<source> follower::state::joined(std::unique_ptr<source> what,
                                                const std::string& path) {
  if (!options.multiline) return what;
  return std::make_unique<joining_source>(std::move(what), path, around);
}

/// The log that is named literally.
std::unique_ptr<source> follower::state::log_at(const std::string& path, time_point now) {
  const source_id id = sources.next();
  if (is_compressed_log(path)) return std::make_unique<compressed_source>(id, path, around, now);
  return std::make_unique<path_source>(id, path, around, now, options.start);
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

}  // namespace logpipe::follow
