#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/base/fd.hpp>
#include <logpipe/base/pattern.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/event.hpp>
#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/lines/framing.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::follow {

/// Where a source begins whose file is there when it is added. Files that appear later are always
/// read from their first byte.
struct start_at {
  enum class kind { beginning, end, last_lines };
  kind where = kind::end;
  /// With last_lines: how many.
  std::uint64_t lines = 0;
};

/// How lines are joined to records of several lines, as stack traces are.
struct multiline {
  /// Found in the first line of each record.
  pattern start;
  /// A record ends when no line has come for so long.
  milliseconds timeout{2000};
};

struct follow_options {
  start_at start;
  /// Read each file up to the size that it has when it is added, follow nothing. A line that is
  /// unfinished there is given whole if its end has been written by then, otherwise as it is.
  bool once = false;
  /// Look at the files at this interval instead of asking inotify; nothing: inotify.
  std::optional<milliseconds> poll;
  /// So many files are held open at most, besides those that are being rotated; beyond it quiet
  /// ones are closed, and opened again when they change. Nothing: nine tenths of what the process
  /// may open, and 64 less at least.
  std::optional<std::size_t> max_open;
  /// So many bytes of files that were deleted before they were read may be held open, those that
  /// are unread, of all sources: they take their place on the disk. Beyond it the oldest is let go
  /// and told, but each has 5 s from when it was seen to be deleted. Nothing: no limit.
  std::optional<std::uint64_t> hold_deleted;
  /// Positions are kept beyond the run: generation_begun, generation_known and generation_vanished
  /// are told, and what was rotated while nothing ran is looked for.
  bool remembers = false;
  /// Where the earlier files of each source lie, when not at the usual names: globs that may hold
  /// `{name}` and `{path}` of the source; a relative one counts from its directory (see
  /// earlier_files()).
  std::vector<std::string> rotated;
  /// Files without a position that were last changed longer ago are left out, where a pattern finds
  /// them or they are named.
  std::optional<milliseconds> ignore_older = {};
  /// Globs without braces; what they fit (see leaves_out()) is never found by a pattern.
  std::vector<std::string> exclude;
  /// Bytes read in one go, and the size of a chunk, but for longer lines.
  std::size_t block_size = 256 * 1024;
  /// What ends a line, 1 to line_end::longest bytes, and whether a '\r' before a '\n' is content.
  std::string delimiter = "\n";
  bool keep_return = false;
  /// The most bytes of a line that are given in one, and what becomes of longer lines, which are
  /// never held in memory as a whole.
  std::size_t max_line = 1'000'000;
  follow::long_lines long_lines = follow::long_lines::cut;
  /// An unfinished last line is given as it is when nothing has been added to it for so long; what
  /// comes later is a new line. Nothing: it is kept until it is finished, or nobody will.
  std::optional<milliseconds> flush_partial = {};
  /// A chunk's lines are records of several lines each; max_line bounds a record, and a longer one
  /// is cut as a long line is, whatever long_lines says.
  std::optional<follow::multiline> multiline = {};
};

/// Throws std::invalid_argument when the delimiter can be none.
inline framing framing_of(const follow_options& options) {
  return {.end = line_end(options.delimiter, options.keep_return),
          .max_line = options.max_line,
          .longer = options.multiline ? long_lines::cut : options.long_lines};
}

/// Many files by one name.
struct file_pattern {
  enum class kind {
    glob,       ///< the regular files that a shell pattern matches, braces and `**` included
    directory,  ///< the regular files in a directory
    tree        ///< those in the directories below it too
  };
  std::string text;
  kind what = kind::glob;
};

/// Follows log files through rotation, deletion and truncation, and streams (stdin, FIFOs), and
/// gives their lines, each once and in its file's order. Reading never blocks.
///
/// Use from one thread: wait until wake_fd() is readable or next_look() has come, call look(), then
/// read() until it gives nothing. Events are hints, stat(2) is the truth: look() compares what is
/// open with what stands at each path.
class follower {
public:
  using observer = std::function<void(const event&)>;

  /// `tell` is called from within the calls below, on their thread; it must not call back. `kept`
  /// is what an earlier run was told to keep (follow_options::remembers): sources go on where it
  /// says, under whatever names they are found.
  follower(follow_options options, observer tell, std::vector<kept_generation> kept = {});
  ~follower();
  follower(const follower&) = delete;
  follower& operator=(const follower&) = delete;

  /// A path that is, or will be, a regular file or a FIFO. Throws std::system_error (EISDIR, EINVAL
  /// for a socket, a device or a file of /proc) when something else stands there. With `once`, a
  /// file that is missing or cannot be opened throws as well; otherwise it is waited for and told.
  source_id add(const std::string& path, time_point now);
  /// Each file that the pattern matches, now or later, becomes a source of its own, told as
  /// discovered; a file that is a source already does not. One that cannot be opened is told and
  /// the others go on, and so is a pattern that matches nothing, with `once` too. A source whose
  /// file has gone is dropped when nothing has come to it for long, told as ended: its ID is not
  /// used again, and path_of() no longer knows it.
  void add_pattern(const file_pattern& pattern, time_point now);
  /// What is, or will be, at the path is the application's own file: no pattern finds it.
  void leave_out(const std::string& path);
  /// The same for an open file.
  void leave_out(const identity& file);
  /// Lines are cut to so many bytes from now on (see follow_options::max_line): for one who learns
  /// it when the sources have been added.
  void limit_lines(std::size_t max_line) noexcept;
  /// A source that is held is not read and wakes nobody for its bytes, but goes on being looked at,
  /// so that its rotations are noticed.
  void hold(source_id source, bool held);
  /// Takes over an open descriptor, stdin for one, and reads it to its end from where it stands.
  /// What follows the last line end there is a line as well.
  source_id add_stream(fd descriptor, const std::string& name);

  /// Readable when something may have changed; owned by the follower. Level triggered: a stream
  /// with unread bytes keeps it readable, so do not wait on it while read() is not being called.
  int wake_fd() const noexcept;
  /// When look() is due even if nothing woke it. Nothing: not before an event.
  std::optional<time_point> next_look(time_point now) const;
  /// Takes the waiting events and compares descriptors with paths. Also worth calling while nothing
  /// is read (the reader is blocked by a slow broker): it is what gets hold of a rotated file.
  void look(time_point now);

  /// Fills `out` (its vector's memory is used again) with the next lines, taking sources in turn.
  /// True with no lines (the rest of `out` then means nothing): a block held no line end, and there
  /// is more; a long line, or a hole in a file, does not keep the caller from its other work.
  /// False: there is nothing to read now.
  bool read(chunk& out, time_point now);

  /// From now on only what stands in the files (and streams) at this moment is read, rotated files
  /// first as ever; finished() becomes true when it has been. For an orderly end.
  void stop(time_point now);
  /// Nothing more will come: with `once`, or after stop(), all has been read to its end; or all
  /// sources are streams that have ended.
  bool finished() const noexcept;
  /// The same of those sources that are not held.
  bool finished_but_held() const noexcept;
  /// Tells partial_held of each source whose last line is unfinished and was not shipped.
  void tell_partials() const;

  const std::string& path_of(source_id source) const;
  /// How a generation of the source stands, for keeping it; `read` is not filled in. Nothing when
  /// it has ended.
  std::optional<kept_generation> describe(source_id source, generation_id generation) const;
  /// The generation's name now, as far as it is known; for messages.
  std::string name_of(generation_id generation) const;
  /// How many sources there are now.
  std::size_t sources() const noexcept;
  /// Bytes that stand unread in all sources (regular files), held partial lines not counted.
  std::uint64_t unread_bytes() const;
  /// Those of them that stand in files that were deleted, as far as that was seen.
  std::uint64_t held_deleted_bytes() const;

private:
  struct state;
  std::unique_ptr<state> m_state;
};

}  // namespace logpipe::follow
