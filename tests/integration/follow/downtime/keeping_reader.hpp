#pragma once

#include "downtime_model.hpp"
#include "kept_book.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/follower.hpp>

#include <cstddef>
#include <optional>
#include <utility>

namespace logpipe::follow::testing {

/// Followers, one run after the other, driven as an application drives them that keeps positions;
/// the model judges each chunk and event.
class keeping_reader {
public:
  keeping_reader(follow_options options, const rotated_logs& logs, downtime_model& model)
      : m_options(std::move(options)), m_logs(&logs), m_model(&model) {}

  /// Goes on where the last run was kept.
  void start();
  bool runs() const noexcept { return m_follower.has_value(); }
  /// Lets time pass; reads all that comes.
  void step(milliseconds time);
  /// Reads so many chunks at most.
  void read_some(std::size_t chunks);
  /// So many of the chunks that were given are acknowledged, and kept.
  void acknowledge_and_keep(std::size_t chunks);
  std::size_t waiting() const noexcept { return m_book.waiting(); }
  /// Ends in order, with all acknowledged.
  void stop();
  /// As kill -9 does: what was kept last is all that remains.
  void die();

private:
  bool read_once();
  void drain();

  follow_options m_options;
  const rotated_logs* m_logs;
  downtime_model* m_model;
  kept_book m_book;
  time_point m_now{std::chrono::hours(1)};
  std::optional<follower> m_follower;
  chunk m_chunk;
};

}  // namespace logpipe::follow::testing
