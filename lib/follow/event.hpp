#pragma once

#include <logpipe/follow/chunk.hpp>

#include <cstdint>
#include <string>
#include <variant>

namespace logpipe::follow {

// What the follower tells its observer. Facts only; the application finds the words and decides
// which of them are worth a message. Sizes and offsets are bytes.

/// The file is not there (yet); it is waited for. Where one stood there before, `old_name` is what
/// it is called now (empty: deleted, or there was none).
struct waiting {
  std::string path;
  std::string old_name;
};
/// A file that was waited for or could not be read is there and is read from `offset`.
struct opened {
  std::string path;
  std::uint64_t offset;
};
/// Reading begins at the end: `bytes` before it will not be shipped.
struct skipped {
  std::string path;
  std::uint64_t bytes;
};
/// Another file took the path. `old_name` is what the old one is called now (empty: deleted),
/// `rest` the bytes of it that were read after the rotation was seen. Told when the new file
/// begins.
struct rotated {
  std::string path;
  std::string old_name;
  std::uint64_t rest;
};
/// Lines came into a rotated file after the new one had begun.
struct late_lines {
  std::string path;
  std::string old_name;
  std::uint64_t bytes;
};
/// The file was cut, or rewritten in place: what stood before `offset` is gone; it is read from 0.
/// `unread` bytes are known to have stood there unread (0: none, or it cannot be known).
struct truncated {
  std::string path;
  std::uint64_t offset;
  std::uint64_t unread;
};
/// Opening or reading fails with `error` (an errno). Told once until it changes.
struct unreadable {
  std::string path;
  int error;
};
/// A line is longer than can be held; its `size` bytes from `offset` on were passed over.
struct line_too_long {
  std::string path;
  std::uint64_t offset;
  std::uint64_t size;
};
/// `bytes` without a line end stand at `offset`, at the end of a run or of what was read; not
/// shipped.
struct partial_held {
  std::string path;
  std::uint64_t offset;
  std::uint64_t bytes;
};
/// inotify cannot be used (its limit `error`, an errno; 0: queue overflow); files are polled.
struct watch_degraded {
  std::string path;
  int error;
};

/// A file that was closed, because too many were open, has gone from its directory: what may have
/// come to it behind `offset` is not known, and `unread` bytes had been seen there.
struct vanished {
  std::string path;
  std::uint64_t offset;
  std::uint64_t unread;
};
/// A file that was deleted before it was read was let go at `offset`, because more than
/// follow_options::hold_deleted was held open: `unread` bytes are lost.
struct let_go {
  std::string path;
  std::uint64_t offset;
  std::uint64_t unread;
};
/// Deleted files are held open until they are read: `bytes`, of all sources, are unread. Told when
/// it comes to 1 GiB, again only after it has fallen below half of that.
struct holding_deleted {
  std::uint64_t bytes;
};
/// A file that a pattern matches is a source from now on.
struct discovered {
  source_id source;
  std::string path;
};
/// A source that was discovered is none any more: its file has gone and has been read, long ago.
struct ended {
  source_id source;
  std::string path;
};
/// A generation will give no more lines: it was let go, or its content was replaced.
struct generation_ended {
  generation_id generation;
};
/// No file is there that the pattern matches, yet.
struct nothing_matches {
  std::string pattern;
};
/// `path` lies on a file system (its name, as mount(8) has it) that has no events, or that we do
/// not know; it is polled.
struct no_events {
  std::string path;
  std::string file_system;
};

using event =
    std::variant<waiting, opened, skipped, rotated, late_lines, truncated, unreadable,
                 line_too_long, partial_held, watch_degraded, vanished, let_go, holding_deleted,
                 discovered, ended, generation_ended, nothing_matches, no_events>;

}  // namespace logpipe::follow
