#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::follow {

/// What follows a log's name in the name of one of its earlier files, behind a '.' or '-', if it is
/// digits alone; otherwise empty.
std::string_view rotation_number(std::string_view name, std::string_view log);
/// The path of the log that a path looks like an earlier file of: `app.log` for `app.log.1`.
std::optional<std::string> rotated_from(std::string_view path);
/// The paths beside a log that look like its earlier files.
std::vector<std::string> rotated_names(const std::string& path);

}  // namespace logpipe::follow
