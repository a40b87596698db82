#pragma once

#include "file_names.hpp"
#include "written_file.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/chunk.hpp>
#include <logpipe/follow/event.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace logpipe::follow::testing {

/// What a reader of logs has to give, when so much happens to their files, and how sure it can be
/// of what it has seen: a model of the contract, not of the code.
///
/// Each file is given once, from its first byte to its last line end. A log's files come in the
/// order in which they stood at its path: the next one when nothing more had to be waited for in
/// the one before. A file that was at the path unseen, between two looks, has to be found only if
/// it has one of the usual names by then; otherwise it comes in its turn or never.
/// Everything that is broken throws broken_promise.
class log_model {
public:
  /// With `hears_of_closing` the reader learns that a writer has closed its file.
  log_model(std::size_t max_line, bool hears_of_closing)
      : m_max_line(max_line), m_hears_of_closing(hears_of_closing) {}

  /// A log that the reader follows; they are numbered as the reader's sources are.
  void add_log(const std::string& path, time_point now);

  // The writers' side.
  written_file& make(const std::string& name, std::uint64_t inode, time_point now);
  /// The new file is a copy of what stands in the original.
  void copied(written_file& original, written_file& copy, time_point now);
  file_names& names() noexcept { return m_names; }
  const file_names& names() const noexcept { return m_names; }
  /// To be called when names have changed: other files may stand at the paths.
  void names_changed(time_point now);

  // The reader's side.
  /// The reader may look at the paths, or does `surely`; likewise at the open files.
  void looks(bool surely, bool surely_at_files);
  void time_passed(time_point now, bool reading);
  void stops();
  void gives(const chunk& given, time_point now);
  void tells(const event& told);

  // What is true now and then.
  /// What has been begun is given up to its last line end.
  void require_begun_given() const;
  /// The file's turn has come, whatever is written to those before it.
  void require_begun(const written_file& file) const;
  /// All is given that must be: in the files at the paths all but an unfinished line.
  void require_all_given() const;
  /// After the reader has stopped and told what it holds: all whole lines are given, what is
  /// unfinished is given or told.
  void require_all_given_or_told() const;

private:
  enum class sight { none, perhaps, surely };
  /// A file that stood at a path.
  struct followed_file {
    written_file* file;
    sight seen = sight::none;
    std::optional<source_id> owner;
    /// A copy of one: only what it holds beyond what was given of that may come, late.
    bool copied = false;
    /// Its turn has passed without it.
    bool passed_over = false;
    /// It came back so late that the reader may take it for a new one, or for one of the old.
    bool forgotten = false;
    /// It came back to its path; `surely` when the reader knows.
    sight returned = sight::none;
  };
  struct followed_log {
    std::string path;
    written_file* here = nullptr;
    /// The reader has noticed that a file was cut, and looked for its copy.
    bool cut_noticed = false;
    /// In the order in which they stood at the path.
    std::vector<written_file*> files;
    /// The last one that the reader saw at the path.
    written_file* last_seen = nullptr;
  };

  followed_file& known(const written_file& file) { return m_known.at(&file); }
  const followed_file& known(const written_file& file) const { return m_known.at(&file); }
  void arrives(source_id id, written_file& file);
  void sees(source_id id, written_file& file);
  void may_be_found(const followed_log& log);
  bool is_missed(const followed_log& log, const written_file& file, const written_file& next) const;
  bool stands_at_path(const written_file& file) const;
  written_file& file_of(const chunk& given);
  void take_for_copy(const chunk& given, written_file& file);
  void find_late(const chunk& given, written_file& file);
  void check_source(const chunk& given, written_file& file);
  void check_turn(const chunk& given, const written_file& file, time_point now);

  std::size_t m_max_line;
  bool m_hears_of_closing;
  std::deque<written_file> m_files;
  std::map<const written_file*, followed_file> m_known;
  file_names m_names;
  std::vector<followed_log> m_logs;
  std::map<generation_id, const written_file*> m_generations;
  std::vector<partial_held> m_held;
};

}  // namespace logpipe::follow::testing
