#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/names/directory_lists.hpp>
#include <logpipe/follow/source.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
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
  /// Of the file's content, nanoseconds since the epoch.
  std::int64_t modified = 0;
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
  std::vector<past_file> find(directory_lists& lists, time_point now);
  /// There are files that may be the log's and cannot be read, as was told.
  bool is_any_unreadable() const noexcept { return !m_unreadable.empty(); }

private:
  std::vector<std::string> directories() const;
  void look_in(directory_lists& lists);
  bool is_worth_another_look(directory_lists& lists) const;
  void take_earlier_files(const std::string& log, const std::vector<std::string>& rotated,
                          directory_lists& lists);
  std::set<std::string> former_names() const;
  void find_by_number(directory_lists& lists);
  void take(const std::string& path, bool by_name);
  struct candidate;
  void warn_if_out_of_sight(const kept_generation& kept, const std::string& path) const;
  static bool is_no_archive(const candidate& file);
  void tell_no_archive(const candidate& file);
  bool is_copy_of_found(const candidate& file) const;
  std::optional<recollection> recall(const candidate& file, const std::string& log);
  bool is_copy(const candidate& file, const fd& original) const;
  void take_unknown(candidate file);
  void take_known(candidate file, const recollection& known);
  bool has_more(const candidate& file, const recollection& known) const;
  void take_to_read(candidate file, const recollection& known);
  void pass_over(const candidate& file, const bookmark& read);
  void failed(const std::string& path, bool by_name, int error);
  kept_generation describe(const candidate& file) const;

  source_id m_source;
  std::string m_path;
  std::string m_log;
  const surroundings* m_around;
  std::function<bool(int)> m_is_copy;
  std::uint64_t m_inode_at_log = 0;
  time_point m_now;
  std::vector<past_file> m_found;
  /// A file was there no more when it was to be opened.
  bool m_has_moved = false;
  /// Files that are no archives, as it was told.
  std::set<identity> m_no_archives;
  /// Files that cannot be read, as it was told.
  std::set<std::string> m_unreadable;
};

}  // namespace logpipe::follow
