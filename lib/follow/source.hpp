#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/block_store.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/claims.hpp>
#include <logpipe/follow/event.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/framing.hpp>
#include <logpipe/follow/wake_set.hpp>
#include <logpipe/follow/watcher.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace logpipe::follow {

/// What the sources of a follower share. Outlives them.
struct surroundings {
  const follow_options& options;
  const follower::observer& tell;
  watcher& watches;
  wake_set& wakes;
  block_store& blocks;
  claims& files;
  /// A number for a generation that begins now.
  std::function<generation_id()> next_generation;
  /// Called before a generation is let go, with its name, for follower::name_of().
  std::function<void(generation_id, std::string)> retired;
  framing lines{framing_of(options)};
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

  /// See follower.
  virtual void stop(time_point now) = 0;
  virtual bool finished() const = 0;
  virtual void tell_partials() const = 0;
  virtual std::uint64_t unread_bytes() const = 0;
  /// The name of one of its generations, if it has it.
  virtual std::optional<std::string> name_of(generation_id generation) const = 0;
};

}  // namespace logpipe::follow
