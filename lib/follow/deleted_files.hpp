#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/roster.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>

namespace logpipe::follow {

/// Files that were deleted before they were read are held open, and take their place on the disk
/// until they have been read. Keeps what is unread of them within a bound: beyond it the oldest is
/// let go.
class deleted_files {
public:
  /// `limit`, in bytes: see follow_options::hold_deleted. `woken` is told of a source one of whose
  /// files was let go: it goes on with the next. The roster and `tell` outlive it.
  deleted_files(roster& sources, std::optional<std::uint64_t> limit, const follower::observer& tell,
                std::function<void(source_id)> woken);

  /// The source was seen to hold such files.
  void held_by(source_id source) { m_holders.insert(source); }
  void forget(source_id source) { m_holders.erase(source); }
  /// Lets go what is beyond the limit, and tells when much is held. Costs nothing while no deleted
  /// file is held.
  void keep_bound(time_point now);
  /// How much is unread of such files.
  std::uint64_t bytes() const;

private:
  bool let_go_oldest(time_point now);

  roster* m_sources;
  std::optional<std::uint64_t> m_limit;
  const follower::observer* m_tell;
  std::function<void(source_id)> m_woken;
  std::set<source_id> m_holders;
  /// That much is held was told, and has not become much less since.
  bool m_told = false;
};

}  // namespace logpipe::follow
