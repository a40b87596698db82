#pragma once

#include <logpipe/base/output.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/format/json_record_reader.hpp>
#include <logpipe/ship/composition.hpp>
#include <logpipe/ship/line_counter.hpp>
#include <logpipe/ship/parcel.hpp>
#include <logpipe/ship/record_maker.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace logpipe::ship {

/// What templates say of a source. Needed for the length of a call.
struct source_name {
  /// Absolute.
  std::string_view path;
  /// Its last component.
  std::string_view name;
};

/// A line that is no record in JSON and was left out. The views are good for the length of the
/// call.
struct invalid_line {
  follow::source_id source;
  follow::generation_id generation;
  /// Of the line in its generation, bytes.
  std::uint64_t offset;
  /// Counted from 1; nothing where not all lines before it were read.
  std::optional<std::uint64_t> number;
  std::string_view line;
  std::string_view reason;
};

/// Makes records of lines. Where nothing is asked for that differs from one line to the next, that
/// costs nothing per line. For one thread; must outlive the records it has made.
///
/// A line that comes in pieces (chunk.partial) gives a record for each, all but the last with the
/// header `partial: 1`. What is asked of the line is asked of its first piece: the others share its
/// key, and are left out where it was.
class composer {
public:
  /// Called from within compose(); must not call back.
  using observer = std::function<void(const invalid_line&)>;

  composer(composition how, observer tell);

  /// Takes the lines in `of.chunk` (one at least) that are not wanted out of it, while its range
  /// stays, and fills in the rest of `of`, whose vectors are used again.
  void compose(parcel& of, const source_name& source);
  /// Nothing more of the source will come.
  void forget(follow::source_id source);

private:
  /// What later pieces of a line are to know of its first.
  struct long_line {
    follow::generation_id generation;
    bool taken;
    std::optional<std::string> key;
  };

  std::optional<long_line> beginning_of(const follow::chunk& chunk);
  void filter(std::vector<std::string_view>& lines,
              const std::optional<long_line>& beginning) const;
  bool needs_records(const follow::chunk& chunk) const noexcept;
  void set_key(parcel& of, const format::template_values& values) const;
  void make_records(parcel& of, record_maker& maker,
                    const std::optional<long_line>& beginning) const;
  void read_records(parcel& of, record_maker& maker);

  composition m_how;
  observer m_tell;
  bool m_key_varies_by_line;
  std::string m_fixed_key;
  format::json_record_reader m_json;
  output_buffer m_text;
  std::unordered_map<follow::source_id, long_line> m_long_lines;
  std::unordered_map<follow::source_id, line_counter> m_counters;
};

}  // namespace logpipe::ship
