#pragma once

#include "log_model.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/base/fd.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace logpipe::follow::testing {

/// A process's open log, to which it appends wherever the file is moved.
struct open_log {
  fd descriptor;
  written_file* file = nullptr;
};

/// A real directory, and the model that is told all that is done in it. Names are relative to the
/// directory; `now` is the reader's time.
class log_directory {
public:
  explicit log_directory(log_model& model);
  ~log_directory();
  log_directory(const log_directory&) = delete;
  log_directory& operator=(const log_directory&) = delete;

  std::string path(const std::string& name) const { return m_root / name; }
  std::string root() const { return m_root; }

  /// Opens what stands at the name, and makes the file if there is none.
  open_log open(const std::string& name, time_point now);
  void append(const open_log& log, std::string_view text, time_point now);
  void close(open_log& log);

  void rename(const std::string& from, const std::string& to, time_point now);
  void remove(const std::string& name, time_point now);
  void copy(const std::string& name, const std::string& to, time_point now);
  void hard_link(const std::string& name, const std::string& other);
  /// Makes the name a symbolic link to another one in its directory, in one step.
  void point_link(const std::string& name, const std::string& target, time_point now);
  void make_directory(const std::string& name);
  /// Cuts the file to `size` bytes.
  void cut(const std::string& name, std::uint64_t size, time_point now);
  /// Sets the file's times, as a clock does that jumps; nothing of what is read depends on them.
  void set_times(const std::string& name, std::chrono::seconds since_epoch);

  /// Waits until a file that is made, or changed, from now on has later times than those before:
  /// the kernel counts them in ticks, and the reader's hours pass within one.
  static void await_next_tick();

private:
  log_model* m_model;
  std::filesystem::path m_root;
};

}  // namespace logpipe::follow::testing
