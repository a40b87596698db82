#include <logpipe/base/fd.hpp>
#include <logpipe/base/state/explained.hpp>
#include <logpipe/ship/internal/position_rows.hpp>
#include <logpipe/ship/position_schema.hpp>
#include <logpipe/ship/read_positions.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace logpipe::ship {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds wait_for_others{1000};

/// How a file looks from outside; one that is not there has size 0.
struct appearance {
  std::uintmax_t size = 0;
  fs::file_time_type changed;

  friend bool operator==(const appearance&, const appearance&) = default;
};

appearance appearance_of(const std::string& path) {
  std::error_code absent;
  const auto size = fs::file_size(path, absent);
  if (absent) return {};
  return {.size = size, .changed = fs::last_write_time(path, absent)};
}

/// The database and its log: when they look the same before and after, nobody wrote meanwhile.
struct file_pair {
  explicit file_pair(const std::string& path)
      : database(appearance_of(path)), log(appearance_of(path + "-wal")) {}

  appearance database;
  appearance log;

  friend bool operator==(const file_pair&, const file_pair&) = default;
};

kept_positions read_from(const std::string& path, database::mode how) {
  database opened(path, how);
  opened.wait_for_others(wait_for_others);
  check_version(opened, path, position_schema(), false);
  return read_all(opened);
}

/// A directory of one's own, for a moment.
class scratch {
public:
  scratch() : m_path((fs::temp_directory_path() / "logpipe-XXXXXX").native()) {
    if (::mkdtemp(m_path.data()) == nullptr) throw_errno(m_path);
  }
  ~scratch() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
  }
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;

  std::string operator/(const std::string& name) const { return m_path + "/" + name; }

private:
  std::string m_path;
};

/// SQLite would make FILE-shm beside a log where it is missing: so it is given a copy.
kept_positions read_copy(const std::string& path) {
  const scratch directory;
  const std::string copy = directory / "state";
  fs::copy_file(path, copy);
  fs::copy_file(path + "-wal", copy + "-wal");
  return read_from(copy, database::mode::write);
}

/// Nothing: it has changed meanwhile.
std::optional<kept_positions> try_to_read(const std::string& path) {
  const file_pair before(path);
  // SQLite reads a log only with FILE-shm beside it; where a process has the database open, that is
  // there, and SQLite keeps the two apart. What is left without it is complete.
  const bool has_log = before.log.size != 0;
  if (has_log && fs::exists(path + "-shm")) return read_from(path, database::mode::read);
  const auto changed = [&] { return file_pair(path) != before; };
  try {
    auto read = has_log ? read_copy(path) : read_from(path, database::mode::read_alone);
    if (changed()) return std::nullopt;
    return read;
  } catch (const std::runtime_error&) {
    if (changed()) return std::nullopt;
    throw;
  }
}

}  // namespace

std::optional<kept_positions> read_positions(const std::string& path) {
  constexpr int most_tries = 100;
  if (!has_state_file(path, state_access::read)) return std::nullopt;
  return explained(path, [&]() -> kept_positions {
    check_application(path, position_schema());
    for (int tries = 0; tries < most_tries; ++tries) {
      if (auto read = try_to_read(path)) return std::move(*read);
    }
    throw state_error(path, "changes all the time", "try again");
  });
}

}  // namespace logpipe::ship
