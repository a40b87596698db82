#pragma once

#include <string>

namespace logpipe::test {

/// A directory of the test's own, removed with all it holds.
class temp_directory {
public:
  /// Throws std::system_error.
  temp_directory();
  ~temp_directory();
  temp_directory(const temp_directory&) = delete;
  temp_directory& operator=(const temp_directory&) = delete;

  const std::string& path() const noexcept { return m_path; }
  /// The path of something in it.
  std::string operator/(const std::string& name) const { return m_path + "/" + name; }

private:
  std::string m_path;
};

}  // namespace logpipe::test
