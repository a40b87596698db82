#pragma once

#include <logpipe/follow/names/directory_lists.hpp>

#include <optional>
#include <string>
#include <vector>

namespace logpipe::follow {

/// A file that holds, by its name, an earlier part of a log.
struct earlier_file {
  std::string path;
  /// Its name ends as those of compressed files do.
  bool compressed = false;
};

/// The earlier files of the log at `path`, oldest first. By default those beside it, and, where it
/// is a link, beside what that leads to, that are called as it is with a `.` or `-` and digits or a
/// date behind (see rotation_number()), then perhaps the ending of compressed files. Otherwise
/// those that the globs `rotated` match, in which `{name}` and `{path}` are the log's; a relative
/// one counts from the log's directory. One that has gone since the directory was listed is still
/// among them.
///
/// Order: numbers of up to 3 digits grow with age, as logrotate counts; longer ones are dates.
/// Where the times of the files' last changes say something else, or numbers and dates are mixed,
/// the times decide.
std::vector<earlier_file> earlier_files(const std::string& path,
                                        const std::vector<std::string>& rotated,
                                        directory_lists& lists);

/// What is being compressed at this moment is there twice: true of its compressed form.
bool is_being_compressed(const earlier_file& file);

/// A glob for follow_options::rotated that matches `old_name`, a name which a file of the log at
/// `path` was given: runs of digits are any digits. Empty when the usual names include it.
std::string pattern_for(const std::string& path, const std::string& old_name);

/// The same, where the file of the log at `path` that is called `old_name` now is not among its
/// earlier_files().
std::optional<std::string> out_of_sight(const std::string& path, const std::string& old_name,
                                        const std::vector<std::string>& rotated);

}  // namespace logpipe::follow
