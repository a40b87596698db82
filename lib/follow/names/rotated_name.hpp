#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace logpipe::follow {

/// What follows a log's name in the name of one of its earlier files, behind a '.' or '-', if it is
/// digits or a date, as `1`, `20261122`, `2026-11-22` or `20261122-153000`; otherwise empty.
std::string_view rotation_number(std::string_view name, std::string_view log);
/// The paths of the logs that a path may be an earlier file of, the shortest first: `app` and
/// `app-1` for `app-1-2`.
std::vector<std::string> rotated_from(std::string_view path);

/// A file that is called as an earlier one of a log is.
struct rotated_file {
  std::string path;
  std::string number;  ///< see rotation_number()
};
/// Those beside a log, and, where its path is a link, beside what that leads to.
std::vector<rotated_file> rotated_files(const std::string& path);

}  // namespace logpipe::follow
