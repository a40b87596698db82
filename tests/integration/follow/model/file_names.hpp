#pragma once

#include "written_file.hpp"

#include <map>
#include <string>
#include <variant>

namespace logpipe::follow::testing {

/// Which names lead to which files, in a directory and those in it; as rename(2), link(2),
/// symlink(2) and unlink(2) leave them.
class file_names {
public:
  void put(const std::string& name, written_file& file) { m_names[name] = &file; }
  /// `target` is a name in the same directory.
  void put_link(const std::string& name, const std::string& target);
  /// Also of a directory; what stood at `to` is replaced.
  void rename(const std::string& from, const std::string& to);
  void remove(const std::string& name) { m_names.erase(name); }

  bool has(const std::string& name) const { return m_names.contains(name); }
  bool is_link(const std::string& name) const;
  /// The file that the name leads to, links followed; null if there is none.
  written_file* at(const std::string& name) const;
  /// Whether one of the names that rotation gives to the log at `path` leads to the file: the path,
  /// '.' or '-', and digits.
  bool has_rotated_name(const written_file& file, const std::string& path) const;

private:
  std::map<std::string, std::variant<written_file*, std::string>> m_names;
};

}  // namespace logpipe::follow::testing
