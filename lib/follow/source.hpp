#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/claims.hpp>
#include <logpipe/follow/event.hpp>
#include <logpipe/follow/file/block_store.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/lines/framing.hpp>
#include <logpipe/follow/memory/memory.hpp>
#include <logpipe/follow/names/copy.hpp>
#include <logpipe/follow/names/directory_lists.hpp>
#include <logpipe/follow/open_files.hpp>
#include <logpipe/follow/watch/wake_set.hpp>
#include <logpipe/follow/watch/watcher.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace logpipe::follow {

/// Where a file begins that appears later.
constexpr start_at first_byte{.where = start_at::kind::beginning, .lines = 0};

/// What the sources of a follower share. Outlives them.
struct surroundings {
  const follow_options& options;
  const follower::observer& tell;
  watcher& watches;
  wake_set& wakes;
  block_store& blocks;
  claims& files;
  open_files& open;
  /// A number for a generation that begins now.
  std::function<generation_id()> next_generation;
  /// Whether what happens at the path is told by its file system.
  std::function<bool(const std::string& path)> has_events;
  /// Whether a file that has come to a source's path belongs to another one, as a copy.
  std::function<bool(const std::string& path, int descriptor, time_point now)> is_copy;
  /// Called when a generation is let go, with what is to be kept of it and the name that its file
  /// has now, for follower::name_of().
  std::function<void(generation_id, kept_generation, std::string)> retired;
  /// What earlier runs kept.
  memory& kept;
  /// Whether the file at a path is one that the application writes itself.
  std::function<bool(const std::string& path, const file_status& status)> is_own;
  framing lines{framing_of(options)};
};

/// How a file is like what a source reads.
struct resemblance {
  enum class kind {
    none,
    living,  ///< it has the first `offset` bytes of a file that is still there
    cut      ///< it holds a generation whose file was cut, which was read up to `offset`
  };
  kind what = kind::none;
  std::uint64_t offset = 0;
};

/// One log, named by its path, or one stream.
class source {
public:
  source() = default;
  source(const source&) = delete;
  source& operator=(const source&) = delete;
  virtual ~source() = default;

  enum class progress {
    lines,  ///< the chunk holds lines
    more,   ///< none yet, but reading goes on at once
    nothing
  };

  /// All sources that there are at the start have been added: what became of its log while nothing
  /// ran is looked for.
  virtual void catch_up(directory_lists& /*lists*/, time_point /*now*/) {}
  /// All have been asked that: tells what of it is nowhere.
  virtual void tell_vanished() {}
  /// How one of its generations stands; see follower::describe().
  virtual std::optional<kept_generation> describe(generation_id /*generation*/) const { return {}; }

  /// Something happened to one of the source's watches. True when that calls for a look().
  virtual bool hint(const watch_hint& hint, time_point now) = 0;
  /// Compares what is open with what stands at the path, whatever the hints say.
  virtual void look(time_point now) = 0;
  virtual progress read(chunk& out, time_point now) = 0;
  /// When look() and then read() are to be called even if nothing happens.
  virtual std::optional<time_point> due() const = 0;

  /// See follower::hold().
  virtual void hold(bool /*held*/) {}
  /// There is neither a file at its path nor anything left of earlier ones.
  virtual bool is_spent() const { return false; }

  /// Something of the other kind stands at its path (a FIFO, where it reads regular files, or any
  /// other one where it reads a FIFO), and what it had before has been read: another source is to
  /// take its place.
  virtual bool is_replaced(time_point /*now*/) const { return false; }
  /// It is: tells so, and gives up what it has.
  virtual void replace(time_point /*now*/) {}

  /// Too many files are open: closes its own, if it can do without. False if it cannot.
  virtual bool rest(time_point /*now*/) { return false; }
  virtual resemblance resembles(const suspect& /*file*/) const { return {}; }
  /// Unread bytes of its files that were deleted, as the last look saw them.
  virtual std::uint64_t deleted_unread() const { return 0; }
  /// The oldest of those files, of the ones that have had some time to be read since.
  virtual std::optional<generation_id> oldest_deleted(time_point /*now*/) const { return {}; }
  /// Gives up what is unread of such a file.
  virtual void let_go(generation_id /*generation*/, time_point /*now*/) {}

  /// The file at `path` resembles one that was cut; the claims say where it is begun.
  virtual void take_copy(const std::string& /*path*/, time_point /*now*/) {}

  /// See follower.
  virtual void stop(time_point now) = 0;
  virtual bool finished() const = 0;
  virtual void tell_partials() const = 0;
  virtual std::uint64_t unread_bytes() const = 0;
  /// The name of one of its generations, if it has it.
  virtual std::optional<std::string> name_of(generation_id generation) const = 0;
};

}  // namespace logpipe::follow
