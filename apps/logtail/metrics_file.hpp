#pragma once

#include "common/messages.hpp"

#include <string>
#include <string_view>

namespace logpipe::logtail {

/// The file of --metrics, replaced as a whole each time, so that who reads it (node_exporter's
/// textfile collector) never sees a part. Its mode is 0644 whatever the umask.
class metrics_file {
public:
  metrics_file(std::string path, app::messages& out) : m_path(std::move(path)), m_out(out) {}

  /// Whether it may be put there: nothing is replaced but a regular file. A rename would take a
  /// device or a link away, /dev/null for one.
  static bool can_be(const std::string& path);

  /// What fails is told, once until it works again. Does not wait for the disk.
  void replace(std::string_view text);

  const std::string& path() const noexcept { return m_path; }
  /// What is written first, in the same directory; it does not end in .prom, so that no collector
  /// takes it. As little a source as the file itself.
  std::string temporary_path() const { return temporary_path(m_path); }
  static std::string temporary_path(const std::string& path) { return path + ".tmp"; }

private:
  void write_and_rename(std::string_view text) const;

  std::string m_path;
  app::messages& m_out;
  bool m_failing = false;
};

}  // namespace logpipe::logtail
