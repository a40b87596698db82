#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/follower.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::follow {

/// Joins the lines of one source to records of several lines: a line that does not match the start
/// pattern belongs to the record before it. The line ends within a record stay as they are.
///
/// A generation's last record is held, until it is seen to end or stale. When the next generation
/// begins, its first lines may belong to it still; a generation that begins because the file was
/// cut (the same inode) ends it. Held is at most about max_line bytes: a record that grows beyond
/// comes in pieces, as long lines do. Records that lie within a chunk are not copied.
class line_joiner {
public:
  /// `how` outlives it.
  line_joiner(const multiline& what, const framing& how) : m_what(what), m_how(&how) {}

  /// Takes the next chunk of the source.
  void add(chunk&& lines, time_point now);
  /// Gives the next records that are complete, or pieces; false when there are none.
  bool take(chunk& out);
  /// Ends the records that no line has come to for the timeout.
  void end_stale(time_point now);
  /// Nothing will come any more.
  void end_all();

  /// When end_stale() has something to do next.
  std::optional<time_point> due() const;
  /// Nothing is held, and nothing waits for take().
  bool is_empty() const noexcept { return m_held.empty() && m_ready.empty(); }
  /// Where what is held begins, and how many bytes of that generation it has.
  std::vector<extent> held() const;

private:
  /// A part of a record: where it stands, and how many bytes of the record's text it makes. Those
  /// are more where it has no line end, and was given one to join it to the next part.
  struct part {
    extent where;
    std::uint64_t inode;
    std::size_t size;
  };
  /// A record that may go on.
  struct record {
    source_id source = 0;
    std::vector<part> parts;
    std::string text;               // with the last line's end
    std::size_t line_end_size = 0;  // of the last line; 0 when it has none
    bool in_line = false;           // the last line is a piece that goes on
    time_point since;
  };

  bool starts(std::string_view line) const { return m_what.start.found_in(line); }
  record& record_for(const chunk& lines);
  void extend(record& to, const chunk& from, std::size_t first, std::size_t last) const;
  void cut(record& long_one);
  void end(record& complete);
  void give(record& from, std::string_view text, bool is_last);
  void give_whole(const chunk& from, std::size_t first, std::size_t last,
                  std::vector<std::string_view>& records);

  multiline m_what;
  const framing* m_how;
  std::map<generation_id, record> m_held;
  std::optional<generation_id> m_newest;
  std::uint64_t m_newest_inode = 0;
  std::deque<chunk> m_ready;
};

}  // namespace logpipe::follow
