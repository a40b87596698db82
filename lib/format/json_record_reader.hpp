#pragma once

#include <logpipe/base/record.hpp>

#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <variant>

namespace logpipe::format {

/// Why a line is no record in JSON; a part of a sentence: `value: a number is none of ...`.
struct bad_json {
  std::string reason;
};

/// Reads back what json_format wrote (with our own names), so that a topic can be copied. For
/// one thread.
///
/// A key, value or header's value is null, a string, or {"base64":"..."}. What is absent is null;
/// headers that are absent are none. Other members are ignored, `topic` and `offset` among them:
/// they are not the new record's. A member that is there twice is refused, as is what says
/// "payload" and not "value": that is kcat's form, whose records would all become nulls. A number
/// beyond 64 bits is refused wherever it stands.
class json_record_reader {
public:
  json_record_reader();
  ~json_record_reader();
  json_record_reader(const json_record_reader&) = delete;
  json_record_reader& operator=(const json_record_reader&) = delete;

  /// The record in `line`, a whole JSON object. All its views are into `memory`. Its partition and
  /// offset are -1 when not given, a timestamp that is not given has the kind `none`. Throws
  /// nothing but std::bad_alloc.
  std::variant<record, bad_json> read(std::string_view line, std::pmr::memory_resource& memory);

private:
  struct state;
  std::unique_ptr<state> m_state;
};

}  // namespace logpipe::format
