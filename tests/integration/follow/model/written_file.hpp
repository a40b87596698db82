#pragma once

#include "broken_promise.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/event.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logpipe::follow::testing {

/// A file as those know it who write it: what stands in it, where that was moved, and how much of
/// it the reader has given. Judges each chunk by what the contract says (follower.hpp, and
/// "Rotation" in the manual), with the contract's own numbers.
///
/// Times are the reader's clock when something happened; the reader can only learn of it later.
class written_file {
public:
  /// `name` is for messages; `made` counts the files in the order in which they were made.
  written_file(std::string name, std::uint64_t inode, std::size_t made);

  // What its writers do.
  void write(std::string_view text, time_point now);
  void cut(std::uint64_t size, time_point now);
  /// A writer closed it.
  void closed();

  /// It is going to hold what the original does.
  void is_copy_of(written_file& original, time_point now);

  /// It may be given from its first byte on, whatever was given of it.
  void may_come_again() { m_may_come_again = true; }
  /// What is before the place is another file's, to the reader.
  void skip_to(std::uint64_t place) { m_given = place; }

  // What happens to its name.
  void went_away(time_point now);
  /// It stands again at a path where it stood before.
  void came_back();
  /// The reader has seen it at its path.
  void was_seen_at_path() { m_before_return.reset(); }

  // What the reader does.
  /// The reader may have looked at the open file; `surely` if it must have.
  void looked(bool surely);
  /// Time has passed until `now`; the reader has read what it could find, if `reading`.
  void time_passed(time_point now, bool reading, bool hears_of_closing);
  /// Nothing that is written from now on is to be given.
  void stop() { m_limit = m_content.size(); }
  /// Checks a chunk that was given at `now`.
  void give(const chunk& given, std::size_t max_line, bool hears_of_closing, time_point now);
  /// Whether the event can be about this file.
  bool may_explain(const truncated& told) const;
  /// How well the event fits, to compare.
  std::uint64_t likelihood(const truncated& told) const;
  /// The reader has noticed that the file was cut.
  void cut_was_told();

  const std::string& name() const noexcept { return m_name; }
  std::uint64_t inode() const noexcept { return m_inode; }
  std::size_t made() const noexcept { return m_made; }
  const std::string& content() const noexcept { return m_content; }
  /// Up to where it was given, or may be taken for given: a reader may not be able to know that the
  /// file was cut and written anew.
  std::uint64_t given() const;
  bool is_away() const noexcept { return m_away.has_value(); }
  /// So long away and quiet that a reader need not know it any more.
  bool is_forgettable() const noexcept { return m_forgettable; }
  /// Bytes of the unfinished last line, if it was not given as it is.
  std::uint64_t half() const;
  /// Whole lines, and an unfinished one if `and_half`, that were not given.
  std::uint64_t missing(bool and_half) const;
  /// What has to be given before the first line of the next file may be.
  std::uint64_t due_before_next(time_point now) const noexcept;
  /// Where it stood when it came back to its path; what is written later belongs behind the files
  /// that stood there meanwhile.
  std::uint64_t size_at_return() const noexcept { return m_size_at_return; }
  /// It was cut and written anew so that a reader cannot know.
  bool looks_uncut() const;
  /// Throws if it was seen that something unread was cut, and this was not told.
  void require_cuts_told() const;

private:
  /// What stood in the file before it was cut, until the reader says that it noticed.
  struct before_cut {
    std::string content;
    std::uint64_t given = 0;
    std::uint64_t read_to = 0;
    /// Bytes that were cut without having been given: at least, as a reader could see; at most.
    std::uint64_t least = 0;
    std::uint64_t most = 0;
  };

  void changed(time_point now);
  std::uint64_t whole_lines_end(std::uint64_t size) const noexcept;
  bool may_be_left(time_point now, bool hears_of_closing) const noexcept;
  bool looks_uncut_at(std::uint64_t place) const;
  void begin(const chunk& given);
  [[noreturn]] void broken(const std::string& what) const;

  std::string m_name;
  std::uint64_t m_inode;
  std::size_t m_made;
  std::string m_content;
  std::uint64_t m_given = 0;
  std::uint64_t m_read_to = 0;
  /// The size at the last look that surely took place.
  std::uint64_t m_seen_size = 0;
  std::optional<before_cut> m_before_cut;
  /// Bytes that were cut behind the reader's place, which it may tell when it notices another cut.
  std::uint64_t m_cut_behind = 0;
  /// A copy of it has what is cut.
  bool m_has_copy = false;
  bool m_may_come_again = false;
  std::optional<std::uint64_t> m_limit;
  time_point m_changed{};
  struct absence {
    time_point since;
    /// The next file may have been begun: what is written now may come late.
    bool late = false;
    /// A writer has closed it since, and it has not changed after that.
    bool closed = false;
  };
  std::optional<absence> m_away;
  /// An absence whose end the reader has not seen.
  std::optional<absence> m_before_return;
  bool m_forgettable = false;
  std::uint64_t m_due = 0;
  std::uint64_t m_size_at_return = 0;
};

}  // namespace logpipe::follow::testing
