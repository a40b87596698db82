#include <logpipe/base/fd.hpp>
#include <logpipe/ship/internal/explained.hpp>
#include <logpipe/ship/internal/position_rows.hpp>
#include <logpipe/ship/internal/position_schema.hpp>
#include <logpipe/ship/state_file.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace logpipe::ship {

namespace fs = std::filesystem;

namespace {

/// "logp", where file(1) and sqlite3(1) find it.
constexpr std::uint32_t application = 0x6c6f6770;

void first_version(database& in) {
  in.run(position_tables);
  statement run = in.prepare(write_run);
  write(run, kept_run());
}

constexpr std::array steps_of_ours = {schema_step{first_version}};

void make_steps(database& in, std::int64_t from, std::span<const schema_step> steps) {
  transaction together(in, transaction::kind::write);
  for (const schema_step step : steps.subspan(static_cast<std::size_t>(from))) {
    step(in);
  }
  in.run(fmt::format("PRAGMA user_version = {}", steps.size()));
  together.commit();
}

/// An empty file, for its owner alone, in the place of what was left unfinished.
void make_unfinished(const std::string& path) {
  for (const char* what : {"", "-journal", "-wal", "-shm"}) {
    ::unlink((path + what).c_str());
  }
  const fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) throw_errno(path);
}

void sync(const std::string& path, int flags) {
  const fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags));
  if (!file || ::fsync(file.get()) != 0) throw_errno(path);
}

/// Gives a finished file its name, for good. `flags` as renameat2(2) takes them.
void put_in_place(const std::string& unfinished, const std::string& path, unsigned flags) {
  sync(unfinished, 0);
  int failed = ::renameat2(AT_FDCWD, unfinished.c_str(), AT_FDCWD, path.c_str(), flags);
  // Not all file systems know the flags; who gets here has the lock.
  if (failed != 0 && errno == EINVAL) failed = ::rename(unfinished.c_str(), path.c_str());
  if (failed != 0) throw_errno(path);
  sync(fs::path(path).parent_path(), O_DIRECTORY);
}

}  // namespace

std::span<const schema_step> position_schema() {
  return steps_of_ours;
}

void make_state_file(const std::string& path, std::span<const schema_step> steps) {
  const std::string log = path + "-wal";
  std::error_code absent;
  if (const auto size = fs::file_size(log, absent); !absent && size != 0) {
    throw state_error(path, fmt::format("is missing, but {} is there", log),
                      "put it back, or remove that too to begin without positions");
  }
  explained(path, [&] {
    const std::string unfinished = path + ".new";
    make_unfinished(unfinished);
    {
      database made(unfinished, database::mode::write);
      made.run("PRAGMA journal_mode = OFF");  // half a file is thrown away, not repaired
      made.run(fmt::format("PRAGMA application_id = {}", application));
      make_steps(made, 0, steps);
    }
    put_in_place(unfinished, path, RENAME_NOREPLACE);
  });
}

void check_application(const std::string& path) {
  // Opening it in any other way might already repair it, or empty its log.
  if (database(path, database::mode::read_alone).application_id() == application) return;
  throw state_error(path, "is no database of positions", "name another file, or put a copy back");
}

void check_version(database& in, const std::string& path, std::span<const schema_step> steps,
                   bool older_too) {
  const auto newest = static_cast<std::int64_t>(steps.size());
  const std::int64_t version = in.integer_of("PRAGMA user_version");
  if (version < 0 || version > newest) {
    throw state_error(path,
                      fmt::format("is of version {}, and this program knows {}", version, newest),
                      "use a newer program, or name another file");
  }
  if (version < newest && !older_too) {
    throw state_error(path, fmt::format("is of version {}, and not brought up to date", version),
                      "let this program go on with it first");
  }
}

void bring_up_to_date(database& in, const std::string& path, std::span<const schema_step> steps) {
  const std::int64_t version = in.integer_of("PRAGMA user_version");
  if (version == static_cast<std::int64_t>(steps.size())) return;
  const std::string copy = fmt::format("{}.v{}", path, version);
  make_unfinished(copy + ".new");
  in.prepare("VACUUM INTO ?").bind(1, copy + ".new").run();
  put_in_place(copy + ".new", copy, 0);
  make_steps(in, version, steps);
}

}  // namespace logpipe::ship
