#pragma once

#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/memory/kept_generation.hpp>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

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
/// A generation is going to be read, from `now.read` on, where it is to stand until something of it
/// is acknowledged: told before its first line is given. It is what the kept ones `continues` were,
/// which `now` replaces; now.id is 0.
struct generation_begun {
  generation_id generation;
  kept_generation now;
  std::vector<kept_id> continues;
};
/// Another file of its source has come behind it, and is begun; lines may still come to it, late.
struct generation_followed {
  generation_id generation;
};
/// A generation will give no more lines: it was let go, or its content was replaced. `last` is how
/// it was left; last.read is not known here, and last.size is up to where its lines were given.
struct generation_ended {
  generation_id generation;
  kept_generation last;
};
/// A file of a source that is not read, now or ever, but has to be known again: it was there at the
/// first start, or it is another form of what is done with. `replaces` are kept and are this one.
struct generation_known {
  kept_generation what;
  std::vector<kept_id> replaces;
};
/// A generation that was kept, and not done with, is not there any more under any name: `lost`
/// bytes of it are known to be lost. Told once; it is not to be kept any longer.
struct generation_vanished {
  kept_generation what;
  std::uint64_t lost;
};
/// Which of a source's kept generations, of those that are done with, were found at the start, and
/// which were not though their directory could be listed.
struct generations_seen {
  std::vector<kept_id> there;
  std::vector<kept_id> gone;
};
/// A rotated file cannot be read to its end: its compressed content is cut off or damaged at
/// `offset`. What stands before is given.
struct damaged {
  std::string path;
  std::uint64_t offset;
  std::string reason;
};
/// A file was renamed to what no run would find after a rotation in its absence: `old_name`;
/// `pattern` is a glob for follow_options::rotated that would. Told once for each source.
struct rotated_out_of_sight {
  std::string path;
  std::string old_name;
  std::string pattern;
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
                 discovered, ended, generation_begun, generation_followed, generation_ended,
                 generation_known, generation_vanished, generations_seen, damaged,
                 rotated_out_of_sight, nothing_matches, no_events>;

}  // namespace logpipe::follow
