#pragma once

#include <logpipe/follow/follower.hpp>

#include <cstdint>
#include <map>
#include <vector>

namespace logpipe::follow::testing {

/// Keeps what a follower tells to be kept, as an application does: what was given counts as
/// acknowledged.
class notebook {
public:
  void note(const event& told);
  void took(const chunk& given);
  /// Brings up to date how the generations stand that are being read.
  void look_up(const follower& in);
  /// The run is over: what was not looked up by then stays as it is.
  void close() { m_open.clear(); }

  std::vector<kept_generation> kept() const;

private:
  struct open_generation {
    kept_id id;
    source_id source = 0;
    bool has_source = false;
  };
  void take_over(kept_id id, const kept_generation& now);
  void move(generation_id generation, std::uint64_t end, const guard_print& before_end);

  std::map<kept_id, kept_generation> m_kept;
  std::map<generation_id, open_generation> m_open;
  kept_id m_next = 1;
};

}  // namespace logpipe::follow::testing
