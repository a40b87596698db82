#pragma once

#include <logpipe/base/output.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/format/misfits.hpp>
#include <logpipe/format/near_number.hpp>
#include <logpipe/format/packing.hpp>
#include <logpipe/format/record_front.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace logpipe::format {

/// Whose names the members have.
enum class json_names { logcat, kcat };

struct json_options {
  json_names names = json_names::logcat;
  /// Keys, values and headers' values are {"base64":"..."} when they are UTF-8 too, so that what
  /// reads them sees one shape.
  bool always_base64 = false;
  record_packing packing{};
  /// What stands behind a record.
  char end = '\n';
};

/// Prints records as JSON, an object each, always valid:
///
/// {"topic","partition","offset","timestamp","timestamp_type","headers":[["name","value"]],"key","value"}
///
/// It is lossless (json_record_reader reads it back) but for what is packed. Bytes that are not
/// UTF-8 are {"base64":"..."}. A partition or an offset below 0 (not known before the record is
/// sent) is null, and so is the timestamp of a record without one.
///
/// With the names of kcat -J it is {"topic","partition","offset","tstype","ts","broker",
/// "headers":["name","value",...],"key","payload"}, the tstype `create` or `logappend`. As there, a
/// record without a timestamp has neither tstype nor ts, and one without headers no `headers`.
///
/// What is packed is a number where it is one integer alone, otherwise a string. What does not fit
/// stands as it would without packing. Not thread-safe.
class json_format {
public:
  explicit json_format(json_options how = {}) : m_how(std::move(how)) {}

  /// Appends one record.
  void append(output_buffer& out, const record& record);
  /// Appends records of one partition until `out` has at least `enough` bytes, and says how many.
  /// Hot path: no allocation but for the buffer's growth and for another partition.
  std::size_t append(output_buffer& out, std::span<const record> run, std::size_t enough);

  /// Whether it prints record::broker, so that the reader must fill it.
  bool needs_brokers() const noexcept { return m_how.names == json_names::kcat; }
  const misfits& what_did_not_fit() const noexcept { return m_misfits; }

private:
  bool is_plain(const record& record) const noexcept;
  static void append_front(output_buffer& out, const record& record);
  void append_behind(output_buffer& out, const record_front& front, const record& record);
  char* put_times(char* at, const record& record) noexcept;
  char* put_times_as_kcat(char* at, const record& record) noexcept;
  void append_fields(output_buffer& out, const record& record);
  void append_headers(output_buffer& out, const record& record) const;
  void append_bytes(output_buffer& out, bytes value) const;
  void append_field(output_buffer& out, const record& record, std::string_view name, bytes value,
                    const std::optional<packing>& packed);

  json_options m_how;
  record_fronts m_fronts;  // all up to the offset
  near_number m_offset;
  near_number m_timestamp;
  unpacked_text m_unpacked;
  misfits m_misfits;
};

}  // namespace logpipe::format
