#pragma once

#include "common/messages.hpp"

#include <logpipe/base/fd.hpp>
#include <logpipe/base/output.hpp>
#include <logpipe/base/record.hpp>
#include <logpipe/follow/file/identity.hpp>
#include <logpipe/format/json_format.hpp>

#include <span>
#include <string>

namespace logpipe::logtail {

/// The file of --rejected: what will never be taken is kept there, one record a line as logcat -J
/// writes them, so that it can be mended and sent by --input json. For one thread; several
/// processes may name the same file.
class rejected_file {
public:
  /// Opens the file; makes it, for its owner alone, where there is none. Throws usage_error when
  /// that cannot be done. What fails later is told to `out`, once until it works again.
  rejected_file(std::string path, app::messages& out);

  /// Adds the records behind what is there, in one go. True: all are there, and will be after a
  /// power loss. False: none is; they are to be kept and given again.
  bool append(std::span<const record> records);

  /// The last append() failed.
  bool is_failing() const noexcept { return m_failing; }
  /// Which file it is: never a source.
  follow::identity identity() const { return follow::status_of(m_file.get()).id; }

private:
  void write_and_sync();

  std::string m_path;
  app::messages& m_out;
  fd m_file;
  format::json_format m_json;
  output_buffer m_text;
  bool m_failing = false;
};

}  // namespace logpipe::logtail
