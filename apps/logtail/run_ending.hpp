#pragma once

#include "common/exit_code.hpp"
#include "common/messages.hpp"
#include "common/signals.hpp"
#include "delivery.hpp"
#include "plan.hpp"
#include "remembering.hpp"
#include "wording.hpp"

#include <logpipe/follow/follower.hpp>

namespace logpipe::logtail {

/// How a run ends: what is said of its lines, that their positions are kept, and the exit code.
class run_ending {
public:
  struct surroundings {
    const plan& of;
    app::messages& out;
    const app::signal_watch& signals;
    const wording& words;
    follow::follower& follower;
    const delivery& delivered;
    /// Null: no positions are kept.
    remembering* positions;
  };
  /// `around` holds references to what outlives it.
  explicit run_ending(surroundings around) : m_around(around) {}

  /// No broker was found that takes lines: `code` says why.
  app::exit_code unconnected(app::exit_code code);
  /// All is done, or `code` says why not. `cut_short`: a stream went on when a signal came.
  app::exit_code connected(app::exit_code code, bool cut_short);

private:
  bool next_run_goes_on() const;
  app::exit_code tell_left(app::exit_code code, std::uint64_t unread);
  app::exit_code keep_positions(app::exit_code code);

  surroundings m_around;
};

}  // namespace logpipe::logtail
