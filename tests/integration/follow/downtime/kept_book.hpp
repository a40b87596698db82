#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/event.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/memory/kept_generation.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <vector>

namespace logpipe::follow::testing {

/// What an application keeps of a follower's generations: as it is told, and as far as what was
/// given is acknowledged. What was kept last is there for the next run, whatever became of this
/// one.
class kept_book {
public:
  /// To be passed on from the follower's observer, each event. Gives the ID of what is kept from
  /// now on because of it; 0: nothing more is.
  kept_id hears(const event& told);
  void takes(const chunk& given);
  /// So many chunks, of those that wait, were acknowledged, the oldest first.
  void acknowledge(std::size_t chunks);
  std::size_t waiting() const noexcept { return m_waiting.size(); }
  /// Keeps how all generations stand now.
  void keep(const follower& from);
  /// The run is over.
  void close();

  std::vector<kept_generation> kept() const;

private:
  /// A generation of the present run.
  struct running {
    kept_id id = 0;
    source_id source = 0;
    bookmark acknowledged;
    std::uint64_t given = 0;
    bool is_followed = false;
    bool has_ended = false;
  };
  struct reached {
    generation_id generation;
    bookmark place;
  };

  kept_id put(kept_generation row, const std::vector<kept_id>& instead_of);

  std::map<kept_id, kept_generation> m_kept;
  std::map<generation_id, running> m_running;
  std::deque<reached> m_waiting;
  kept_id m_last_id = 0;
};

}  // namespace logpipe::follow::testing
