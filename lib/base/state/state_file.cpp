#include <logpipe/base/file_system.hpp>
#include <logpipe/base/real_place.hpp>
#include <logpipe/base/state/state_file.hpp>
#include <logpipe/base/state/state_schema.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace logpipe {

namespace fs = std::filesystem;

namespace {

std::string words_of(int error) {
  return std::generic_category().message(error);
}

/// As whom the process acts, where access(2) would ask for who started it.
bool may(const std::string& path, int what) {
  return ::faccessat(AT_FDCWD, path.c_str(), what, AT_EACCESS) == 0;
}

std::string problem_of(const database_error& error) {
  switch (error.kind()) {
    case database_failure::busy:
      return "another program is writing it";
    case database_failure::damaged:
      return fmt::format("is damaged: {}", error.reason());
    case database_failure::not_database:
      return "is no database";
    default:
      return error.reason();
  }
}

std::string_view remedy_of(const database_error& error) {
  switch (error.kind()) {
    case database_failure::busy:
      return "end that, or wait for it";
    case database_failure::full:
      return "make room";
    case database_failure::io:
      return "look after the disk";
    case database_failure::read_only:
    case database_failure::cannot_open:
      return "make it, and its directory, accessible";
    case database_failure::not_database:
      return "name another file";
    default:
      return remedy_for_damage;
  }
}

}  // namespace

const std::string_view remedy_for_damage =
    "put a copy back, or move it away to begin without positions";

state_error::state_error(const std::string& path, std::string_view problem, std::string_view remedy)
    : std::runtime_error(fmt::format("{}: {}; {}", path, problem, remedy)) {}

state_error::state_error(const std::string& path, const database_error& error)
    : state_error(path, problem_of(error), remedy_of(error)) {}

std::string state_path(const std::string& path) {
  try {
    return real_place(path);
  } catch (const std::system_error& error) {
    throw state_error(path, fmt::format("its directory: {}", words_of(error.code().value())),
                      "make it, or name another file");
  }
}

std::vector<std::string> files_of_state(const std::string& path, const state_schema& schema) {
  std::vector<std::string> all;
  for (const char* ending : {"", "-wal", "-shm", "-journal", ".lock", ".new"}) {
    all.push_back(path + ending);
  }
  // A copy of our own version is there where a newer program was tried, and given up.
  for (std::int64_t version = 1; version <= schema.version(); ++version) {
    all.push_back(fmt::format("{}.v{}", path, version));
  }
  return all;
}

void check_state_place(const std::string& path) {
  const auto system = file_system_of(path);
  if (system && system->is_shared) {
    throw state_error(path, fmt::format("lies on {}, where locks are not safe", system->name),
                      "name a file on a local file system");
  }
  const std::string directory = fs::path(path).parent_path();
  if (!may(directory, W_OK | X_OK)) {
    throw state_error(
        path, fmt::format("files have to be made beside it: {}: {}", directory, words_of(errno)),
        "make the directory writable, or name another file");
  }
}

std::variant<file_lock, file_lock::holder> lock_state(const std::string& path) {
  check_state_place(path);
  const std::string lock = path + ".lock";
  try {
    return file_lock::try_lock(lock);
  } catch (const std::system_error& error) {
    throw state_error(lock, words_of(error.code().value()), "make it a file that can be written");
  }
}

bool has_state_file(const std::string& path, state_access how) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return false;
    throw state_error(path, words_of(errno), "make it accessible, or name another file");
  }
  if (S_ISDIR(found.st_mode)) throw state_error(path, "is a directory", "name a file in it");
  if (!S_ISREG(found.st_mode)) throw state_error(path, "is no regular file", "name another file");
  if (!may(path, how == state_access::write ? R_OK | W_OK : R_OK)) {
    throw state_error(path, words_of(errno), "run as its owner, or name another file");
  }
  // We never leave one behind: it was cut, or someone else made it.
  if (found.st_size == 0) {
    throw state_error(path, "is empty, and no database",
                      "put a copy back, or remove it to begin without positions");
  }
  return true;
}

}  // namespace logpipe
