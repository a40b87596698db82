#pragma once

#include "log_model.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/follower.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace logpipe::follow::testing {

/// A follower, driven as an application drives it, whose every chunk and event the model judges.
/// It is made when it starts, so that a story can end it and go on with another.
class model_reader {
public:
  /// Names of logs are relative to `directory`.
  model_reader(follow_options options, std::string directory, log_model& model)
      : m_options(std::move(options)), m_directory(std::move(directory)), m_model(&model) {}

  void start(const std::vector<std::string>& logs);
  /// Lets time pass: waits, looks, reads what there is.
  void step(milliseconds time);
  /// Lets time pass and looks, then reads `chunks` times: a slow broker holds the reader up.
  void held_up_step(milliseconds time, int chunks);
  /// Reads what stands in the files, tells what is held.
  void stop();
  /// After it has stopped: nothing may come any more.
  void look_once_more();

  /// After so long the reader has surely looked at the paths: with inotify it is woken by what
  /// happens to them; quiet files are polled every 2 s. Open files that nothing happens to are
  /// looked at every 5 s with inotify.
  milliseconds sure_look() const { return milliseconds(m_options.poll ? 2000 : 0); }
  time_point now() const noexcept { return m_now; }

private:
  void drain();
  bool read_once();
  void look_if_woken();
  void model_looks(milliseconds time);

  follow_options m_options;
  std::string m_directory;
  log_model* m_model;
  time_point m_now{std::chrono::hours(1)};
  std::optional<follower> m_follower;
  chunk m_chunk;
};

}  // namespace logpipe::follow::testing
