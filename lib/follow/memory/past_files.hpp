#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/names/directory_lists.hpp>
#include <logpipe/follow/source.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace logpipe::follow {

/// A file that was rotated while nothing ran, or before it had been read, and is to be read (on).
struct past_file {
  fd file;
  std::string path;
  /// What its lines are is found by decompressing.
  bool compressed = false;
  bookmark from;
  /// What is kept and is this file; none for one that came and went unseen.
  std::vector<kept_id> continues;
};

/// Finds what became of a log while nothing ran.
///
/// Files that are kept and not done with are found by their number, under any name beside the log,
/// beside what its path leads to, or where they were; or by what they hold, among the files that
/// are called as earlier ones of the log. Of these, the ones that nothing is known of came in
/// between, if the log is known; otherwise they were there first, and are left out.
class past_files {
public:
  /// `log` is the absolute path of the log at `path`.
  /// `is_copy` says whether a file is a copy of what is read from the log's present file.
  past_files(source_id source, std::string path, std::string log, const surroundings& around,
             std::function<bool(int descriptor)> is_copy);

  /// Those to read, oldest first, claimed for the source. Tells which files have to be known again.
  /// `lists` are not older than the files that are open.
  std::vector<past_file> find(directory_lists& lists);
  /// Something that is kept of the log, and is not done with, has not been found.
  bool is_any_missing() const;
  /// Tells that it has vanished. False where it may still come: nothing of the log is there, and
  /// its volume may not be mounted.
  bool tell_vanished();

private:
  std::vector<std::string> directories_of(const kept_generation& kept) const;
  void find_by_number(directory_lists& lists);
  void take(const std::string& path, bool by_name);
  struct candidate;
  void take_unknown(candidate file);
  void take_known(candidate file, recollection known);
  bool has_more(const candidate& file, const recollection& known) const;
  void take_to_read(candidate file, const recollection& known);
  kept_generation describe(const candidate& file) const;

  source_id m_source;
  std::string m_path;
  std::string m_log;
  const surroundings* m_around;
  std::function<bool(int)> m_is_copy;
  std::uint64_t m_inode_at_log = 0;
  std::vector<past_file> m_found;
};

}  // namespace logpipe::follow
