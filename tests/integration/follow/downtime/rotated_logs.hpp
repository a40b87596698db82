#pragma once

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/compressed/compression.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace logpipe::follow::testing {

/// What stood in a log from its making, or its cut, to its rotation.
struct log_generation {
  /// For messages.
  std::string name;
  std::string content;
  /// The file that holds it now, below the directory; empty: it was deleted.
  std::string file;
  /// Behind the file's name when it was compressed, with the dot.
  std::string ending;
  /// Made by copytruncate: nobody writes to it.
  bool is_copy = false;
  /// It was rotated before the log was first followed.
  bool is_past = false;
  /// Its size when the next one came; what was written later is late.
  std::uint64_t size_when_followed = 0;
};

/// A log and all that it ever held, oldest first; the last one may be gone from the path.
struct rotated_log {
  /// The name it is followed by, and that of its file, which is another one where that is a link.
  std::string name;
  std::string file;
  /// Old files are named by dates, otherwise by numbers.
  bool dated = false;
  std::deque<log_generation> generations;

  bool is_there() const { return !generations.empty() && generations.back().file == file; }
};

/// A real directory with logs, and what happens to them. Names are relative to the directory.
class rotated_logs {
public:
  rotated_logs();
  ~rotated_logs();
  rotated_logs(const rotated_logs&) = delete;
  rotated_logs& operator=(const rotated_logs&) = delete;

  std::string root() const { return m_root; }
  std::string path(const std::string& name) const { return m_root / name; }
  std::deque<rotated_log>& all() noexcept { return m_logs; }
  const std::deque<rotated_log>& all() const noexcept { return m_logs; }
  /// The generation that the file with this inode holds, or held last; null: nobody made it.
  log_generation* by_inode(std::uint64_t inode) const;

  /// With `linked` the log is a link to a file in another directory.
  rotated_log& add(const std::string& name, bool dated, bool linked);
  /// Makes the file if there is none.
  void append(rotated_log& log, std::string_view text);
  void rotate(rotated_log& log);
  void append_late(log_generation& old, std::string_view text);
  void copy_and_cut(rotated_log& log);
  /// Puts a copy in the file's place, as a restore from a backup does.
  void restore(log_generation& generation);
  /// As gzip(1) does, which keeps the file's time.
  void compress(log_generation& generation, compression how);
  void remove(log_generation& generation);

private:
  log_generation& begin(rotated_log& log);
  std::string make_room(rotated_log& log);
  void moved_to(log_generation& generation, const std::string& file);
  void write(const std::string& file, std::string_view text);
  void holds(const std::string& file, log_generation& generation);

  std::filesystem::path m_root;
  std::deque<rotated_log> m_logs;
  std::map<std::uint64_t, log_generation*> m_by_inode;
  std::size_t m_made = 0;
};

}  // namespace logpipe::follow::testing
