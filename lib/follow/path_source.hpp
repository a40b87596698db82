#pragma once

#include <logpipe/follow/generation_chain.hpp>
#include <logpipe/follow/memory/past_files.hpp>
#include <logpipe/follow/names/places.hpp>
#include <logpipe/follow/source.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace logpipe::follow {

/// A log that is a regular file at a path: sees what happens to the path, and keeps the chain of
/// its generations accordingly.
class path_source final : public source {
public:
  /// A file that is there begins at `start`. That there is none is told if one is `expected`.
  /// Throws as follower::add().
  path_source(source_id id, std::string path, const surroundings& around, time_point now,
              const start_at& start, bool expected = true);

  void catch_up(directory_lists& lists, time_point now) override;
  void tell_vanished(directory_lists& lists) override;
  std::optional<kept_generation> describe(generation_id generation) const override {
    return m_chain.describe(generation);
  }
  bool hint(const watch_hint& hint, time_point now) override { return m_chain.hint(hint, now); }
  void look(time_point now) override;
  progress read(chunk& out, time_point now) override;
  std::optional<time_point> due() const override { return m_due; }
  bool is_spent() const override { return m_chain.is_empty() && m_told_error == 0; }
  resemblance resembles(const suspect& file) const override { return m_chain.resembles(file); }
  void take_copy(const std::string& path, time_point now) override;
  bool is_replaced(time_point now) const override { return m_fifo_here && m_chain.is_over(now); }
  void replace(time_point now) override;
  bool rest(time_point now) override;
  std::uint64_t deleted_unread() const override { return m_chain.deleted_unread(); }
  std::optional<generation_id> oldest_deleted(time_point now) const override {
    return m_chain.oldest_deleted(now);
  }
  void let_go(generation_id generation, time_point now) override;
  void stop(time_point now) override;
  bool finished() const override { return m_chain.is_done() && !m_gap_until; }
  void tell_partials() const override { m_chain.tell_partials(); }
  std::uint64_t unread_bytes() const override { return m_chain.unread_bytes(); }
  std::optional<std::string> name_of(generation_id generation) const override {
    return m_chain.name_of(generation);
  }

private:
  /// A path that is empty for so long is more than a rotation's gap.
  static constexpr std::chrono::seconds gap{1};

  void begin(const start_at& start, time_point now);
  void find_past(directory_lists& lists, time_point now);
  bool is_left_out(const file_status& status) const;
  void wait_for_next(time_point now);
  std::optional<file_status> reach() const;
  bool is_current(const std::optional<file_status>& here);
  void look_at_path(time_point now);
  bool is_quiet_at_rest(const std::optional<file_status>& here) const;
  bool wake(time_point now);
  void plan(time_point now);

  // What can have happened to the path.
  void nothing_there(time_point now);
  void leave_current(time_point now);
  void another_there(const identity& found, time_point now);
  void fifo_there(time_point now);
  void appeared(time_point now);
  void take_missed(const identity& next, time_point now);
  bool was_read_before(int descriptor, const std::string& name) const;
  void unreadable(int error);

  source_id m_id;
  std::string m_path;
  /// The path made absolute.
  std::string m_log;
  const surroundings* m_around;
  places m_places;
  generation_chain m_chain;
  std::optional<time_point> m_due;
  std::optional<time_point> m_missing_since;
  /// When it was first seen that there is no file yet, as birth times count.
  std::optional<std::int64_t> m_before_first;
  /// The file's real name when it was closed.
  std::string m_resting_place;
  /// When it last changed, or was seen to.
  time_point m_changed;
  /// Nobody tells of what happens on its file system.
  bool m_unannounced = false;
  bool m_expected;
  bool m_told_waiting = false;
  int m_told_error = 0;
  /// What stands at the path is another source's copy.
  bool m_copy_here = false;
  bool m_fifo_here = false;
  /// What became of the log while nothing ran is not known yet: its file has not come.
  bool m_past_is_open = false;
  /// From when it was looked for until what vanished has been told.
  std::unique_ptr<past_files> m_past;
  /// With `once`: a log that is known may be between two files; so long the next is waited for.
  std::optional<time_point> m_gap_until;
  bool m_bounded;
};

}  // namespace logpipe::follow
