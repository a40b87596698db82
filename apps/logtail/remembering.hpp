#pragma once

#include "common/messages.hpp"
#include "state_file.hpp"

#include <logpipe/follow/follower.hpp>
#include <logpipe/ship/position_keeper.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace logpipe::logtail {

/// What a run puts into its state file, and what it says about that.
class remembering {
public:
  /// All outlive it.
  remembering(state_file& state, const follow::follower& follower, app::messages& out);
  remembering(const remembering&) = delete;
  remembering& operator=(const remembering&) = delete;

  /// All that the follower tells, when it tells it.
  void note(const follow::event& event);
  /// A source's lines go to that topic; `path` is absolute.
  void add_source(const std::string& path, const std::string& topic);
  /// From now on lines are sent to that cluster (empty: it did not say which it is) and
  /// acknowledged in that ledger.
  void connected(const std::string& cluster, ship::ledger& acknowledged);
  /// Lines of the source are refused for good.
  void refused(const std::string& path);

  /// Before a chunk is handed over for sending. True: not before save_ahead() was called, once for
  /// all that wait for it.
  bool about_to_send(const follow::chunk& chunk, time_point now) {
    return m_keeper.about_to_send(chunk, now);
  }
  void save_ahead(time_point now) { m_keeper.save_ahead(now); }
  void serve(time_point now) { m_keeper.serve(now); }
  time_point due() const { return m_keeper.due(); }
  /// The run is over. False: what it has done could not be kept.
  bool end();

  std::uint64_t errors() const noexcept { return m_keeper.errors(); }
  std::uint64_t lines_sent_again() const noexcept { return m_keeper.lines_sent_again(); }

private:
  void tell(const ship::position_event& event);
  void lost(const std::string& path, std::uint64_t bytes);
  void goes_to(const std::string& path, const std::string& topic);

  const std::string& m_path;
  app::messages& m_out;
  ship::position_keeper m_keeper;
  /// Nothing: not connected yet.
  std::optional<std::string> m_cluster;
  /// Sources that wait for that, with their topics.
  std::vector<std::pair<std::string, std::string>> m_waiting;
  /// Changes of destination that were told.
  std::set<std::string> m_told;
};

}  // namespace logpipe::logtail
