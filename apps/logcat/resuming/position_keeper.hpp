#pragma once

#include "common/messages.hpp"
#include "logcat/reading/position_observer.hpp"
#include "plan.hpp"
#include "position_store.hpp"

#include <logpipe/base/clock.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::logcat {

/// Decides when the positions of a run are kept: once what they stand behind has been written, the
/// first time at once and then at most each second, or when the run has come to a good end.
class position_keeper final : public position_observer {
public:
  struct surroundings {
    position_store& store;
    /// What is to be kept of a reading; nothing: nothing is.
    std::function<std::optional<kept_position>(const reading&)> position;
    app::messages& out;
    /// Where they are kept, for messages.
    std::string place;
    std::function<time_point()> now = clock::now;
  };
  position_keeper(surroundings around, commit when) : m_around(std::move(around)), m_when(when) {}

  /// What the run begins with: kept though it may never print anything.
  void begin(const assignment& parts);
  void flushed(const assignment& parts) override;
  /// The run is over; `complete`: it has done what was asked for. False when positions should have
  /// been kept and could not be, which was told.
  bool end(bool complete);

private:
  void look_at(const assignment& parts);
  bool keep();

  surroundings m_around;
  commit m_when;
  /// By reading::index, as of the last flush.
  std::vector<partition_position> m_positions;
  /// Whether the one with that index differs from what is kept.
  std::vector<bool> m_changed;
  std::optional<time_point> m_kept_at;  // since something has changed
  bool m_begun = false;
  bool m_failing = false;
};

}  // namespace logpipe::logcat
