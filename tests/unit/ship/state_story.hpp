#pragma once

#include <logpipe/base/database.hpp>
#include <logpipe/ship/position_database.hpp>
#include <logpipe/ship/read_positions.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <support/some_positions.hpp>
#include <support/temp_directory.hpp>

namespace logpipe::ship::testing {

/// For its life the process acts as an ordinary user, to whom permissions apply. Does nothing when
/// that is what it is.
class ordinary_user {
public:
  static constexpr uid_t nobody = 65534;

  ordinary_user() : m_before(::geteuid()) {
    if (m_before == 0) static_cast<void>(::seteuid(nobody) == 0);
  }
  ~ordinary_user() { static_cast<void>(::seteuid(m_before) == 0); }
  ordinary_user(const ordinary_user&) = delete;
  ordinary_user& operator=(const ordinary_user&) = delete;

private:
  uid_t m_before;
};

/// A state file and what is done to it.
struct state_story {
  test::temp_directory directory;
  std::string path = directory / "state";

  /// Makes the state file, as a run that kept these generations and came to its end.
  void keep(std::initializer_list<follow::kept_generation> generations) const {
    position_database store(path);
    position_changes changes{.alive = 1000, .ended_well = true};
    for (auto generation : generations) {
      generation.id = store.next_id();
      changes.generations.push_back(generation);
    }
    if (const auto error = store.save(changes); !error.empty()) throw std::runtime_error(error);
  }
  /// SQL, as an operator might type it.
  void tamper(const std::string& sql) const {
    database opened(path, database::mode::create);
    opened.run(sql);
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(directory / name, std::ios::binary) << text;
  }
  std::string content(const std::string& name = "state") const {
    std::ifstream file(directory / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool is_there(const std::string& name) const { return std::filesystem::exists(directory / name); }
  mode_t permissions(const std::string& name) const {
    struct stat status {};
    return ::stat((directory / name).c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
  }
  void permit(const std::string& name, mode_t mode) const {
    const std::string what = name.empty() ? directory.path() : directory / name;
    if (::chmod(what.c_str(), mode) != 0) throw_errno(what);
  }
  /// All of it belongs to the ordinary user from now on.
  void give_away() const {
    if (::geteuid() != 0) return;
    static_cast<void>(::chown(directory.path().c_str(), ordinary_user::nobody, 0) == 0);
    for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
      static_cast<void>(::chown(entry.path().c_str(), ordinary_user::nobody, 0) == 0);
    }
  }
};

}  // namespace logpipe::ship::testing
