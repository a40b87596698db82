#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/file/generation.hpp>
#include <logpipe/follow/watch/watcher.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace logpipe::follow {

/// When a rotated file may be taken for finished. Nothing tells surely whether a writer still has
/// it open, so these are waits; all count from what we saw ourselves, never from file times.
namespace patience {
/// Without a change for so long, and no unfinished line: the next file may begin.
constexpr std::chrono::seconds before_next{1};
/// Without a change for so long: its writer has left it, an unfinished line will stay so.
constexpr std::chrono::seconds before_left{5};
/// After so long the next file begins, once what then stands in the old one has been read.
constexpr std::chrono::seconds with_writer{10};
/// A file that has a successor is watched without a change for so long, for late lines.
constexpr std::chrono::minutes for_late_lines{5};
/// What has been deleted for so long may be given up unread, where too much of it is held.
constexpr std::chrono::seconds before_given_up{5};
}  // namespace patience

/// A generation in the chain of its source: the open file, its watch, and what has happened to it.
///
///   at the path --went_away--> away --succeeded--> has a successor --(quiet)--> may be let go
///        ^------came_back--------'----------------------'
class chain_member {
public:
  chain_member(fd file, generation_id number, std::uint64_t offset, time_point now);

  generation& file() noexcept { return m_file; }
  const generation& file() const noexcept { return m_file; }
  void watch_by(watch watching) noexcept { m_watch = std::move(watching); }
  int watch_number() const noexcept { return m_watch.number(); }

  // What inotify says.
  void modified(time_point now);
  /// Says that its writer has left it only if its name had gone by then: before, there may be
  /// others that have it open.
  void closed() noexcept { m_closed = m_name_gone || is_away(); }
  void renamed() noexcept;
  /// Its links or rights have changed.
  void attributes_changed();
  /// What the descriptor says: whether there is something to read.
  void look(time_point now) { look(status_of(m_file.descriptor()), now); }
  /// The same, where its status is known already.
  void look(const file_status& status, time_point now);

  // What happened to it.
  void went_away(time_point now);
  void came_back() noexcept;
  /// A look at the path has found it there.
  void is_at_path() noexcept { m_closed = m_name_gone = false; }
  void succeeded() noexcept { m_succeeded = true; }
  /// What becomes of its unfinished last line in a bounded run.
  enum class rest_fate { open, waited_for, stays };
  void decide_rest(rest_fate fate) noexcept { m_rest_fate = fate; }
  void was_read(std::uint64_t bytes, time_point now);
  /// Its content was cut or rewritten: it goes on as generation `number`.
  void truncated(generation_id number, time_point now);
  /// Reading failed with `error`, an errno; it is tried again with the next look.
  void failed(int error) noexcept;

  /// Whether the file is as it was when it was last looked at.
  bool is_as_seen(const file_status& now) const noexcept {
    return now.id == m_file.id() && now.size == m_size && now.modified == m_modified;
  }
  bool readable() const noexcept { return m_readable; }
  bool is_away() const noexcept { return m_away_since.has_value(); }
  bool has_successor() const noexcept { return m_succeeded; }
  rest_fate fate_of_rest() const noexcept { return m_rest_fate; }
  bool has_just_gone(time_point now) const noexcept {
    return m_away_since && now - *m_away_since < patience::with_writer;
  }
  /// The error of the last read; 0 when it went well.
  int error() const noexcept { return m_error; }
  /// Bytes that were read since it went away.
  std::uint64_t read_since_away() const noexcept { return m_read_since_away; }
  /// The size that was seen last.
  std::uint64_t size() const noexcept { return m_size; }
  /// Bytes of it that are still to be read.
  std::uint64_t unread() const noexcept { return m_file.unread(m_size); }
  bool is_deleted() const noexcept { return m_deleted_since.has_value(); }
  bool was_deleted_long_ago(time_point now) const noexcept {
    return m_deleted_since && now - *m_deleted_since >= patience::before_given_up;
  }
  /// It was seen to be cut before any of it had been read: nothing read will tell.
  bool was_cut_before_read() const noexcept { return m_size_before_cut != 0 && m_file.seen() == 0; }
  /// The size that it is known to have had before it was cut, if it was.
  std::uint64_t size_before_cut() const noexcept;

  /// For how long it has not changed, by the file's time and the wall clock. One that seems to have
  /// changed in the future has not changed for so long: somebody has set a clock.
  milliseconds unchanged_for() const;
  /// Since when it has not changed, as far as we saw.
  time_point changed() const noexcept { return m_changed; }

  // The rules. They hold for a file that is away and has been read to its end.
  bool is_left(time_point now) const;
  bool may_be_succeeded(time_point now) const;
  bool may_be_let_go(time_point now) const;
  /// When one of the rules may begin to hold; nothing for a file at its path.
  std::optional<time_point> due(time_point now) const;

private:
  time_point quiet_since() const;

  generation m_file;
  watch m_watch;
  std::uint64_t m_size = 0;
  std::uint64_t m_size_before_cut = 0;
  std::int64_t m_modified = 0;
  time_point m_changed;
  std::optional<time_point> m_away_since;
  /// When it was first seen to have no name any more.
  std::optional<time_point> m_deleted_since;
  /// What stood in it when the next file's turn had come whatever happens.
  std::optional<std::uint64_t> m_size_at_end_of_patience;
  std::uint64_t m_read_since_away = 0;
  bool m_readable = true;
  bool m_grew_since_look = false;
  bool m_name_gone = false;
  bool m_closed = false;
  bool m_succeeded = false;
  rest_fate m_rest_fate = rest_fate::open;
  int m_error = 0;
};

}  // namespace logpipe::follow
