#pragma once

#include <logpipe/base/fd.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace logpipe::follow::testing {

/// A directory of its own for a test, and what is done in it. Removed at the end.
class temporary_directory {
public:
  temporary_directory();
  ~temporary_directory();
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;

  std::string path(const std::string& name = "file") const { return m_directory / name; }
  void append(std::string_view text, const std::string& name = "file");
  /// Cuts the file and writes it anew.
  void rewrite(std::string_view text, const std::string& name = "file");
  void rename(const std::string& from, const std::string& to);
  void remove(const std::string& name = "file");
  fd open(const std::string& name = "file") const;

private:
  std::filesystem::path m_directory;
};

}  // namespace logpipe::follow::testing
