#include "log_directory.hpp"

#include <logpipe/base/output.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <system_error>

namespace logpipe::follow::testing {

namespace fs = std::filesystem;

log_directory::log_directory(log_model& model) : m_model(&model) {
  std::string pattern = fs::temp_directory_path() / "model-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw_errno(pattern);
  m_root = pattern;
}

log_directory::~log_directory() {
  std::error_code ignored;
  fs::remove_all(m_root, ignored);
}

open_log log_directory::open(const std::string& name, time_point now) {
  fd file(::open(path(name).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (!file) throw_errno(name);
  written_file* written = m_model->names().at(name);
  if (written == nullptr) {
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) throw_errno(name);
    written = &m_model->make(name, status.st_ino, now);
  }
  return {std::move(file), written};
}

void log_directory::append(const open_log& log, std::string_view text, time_point now) {
  write_all(log.descriptor.get(), text, log.file->name());
  log.file->write(text, now);
}

void log_directory::close(open_log& log) {
  log.descriptor.reset();
  log.file->closed();
}

void log_directory::rename(const std::string& from, const std::string& to, time_point now) {
  fs::rename(path(from), path(to));
  m_model->names().rename(from, to);
  m_model->names_changed(now);
}

void log_directory::remove(const std::string& name, time_point now) {
  fs::remove(path(name));
  m_model->names().remove(name);
  m_model->names_changed(now);
}

void log_directory::copy(const std::string& name, const std::string& to, time_point now) {
  written_file& original = *m_model->names().at(name);
  open_log copy = open(to, now);
  m_model->copied(original, *copy.file, now);
  append(copy, original.content(), now);
  close(copy);
}

void log_directory::hard_link(const std::string& name, const std::string& other) {
  fs::create_hard_link(path(name), path(other));
  m_model->names().put(other, *m_model->names().at(name));
}

void log_directory::point_link(const std::string& name, const std::string& target, time_point now) {
  const std::string link = name + ".link";
  fs::create_symlink(target, path(link));
  fs::rename(path(link), path(name));
  m_model->names().put_link(name, target);
  m_model->names_changed(now);
}

void log_directory::make_directory(const std::string& name) {
  fs::create_directory(path(name));
}

void log_directory::cut(const std::string& name, std::uint64_t size, time_point now) {
  fs::resize_file(path(name), size);
  m_model->names().at(name)->cut(size, now);
}

void log_directory::set_times(const std::string& name, std::chrono::seconds since_epoch) {
  const std::array<timespec, 2> times = {timespec{since_epoch.count(), 0},
                                         timespec{since_epoch.count(), 0}};
  if (::utimensat(AT_FDCWD, path(name).c_str(), times.data(), 0) != 0) throw_errno(name);
}

void log_directory::await_next_tick() {
  const auto tick = [] {
    timespec time{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &time);
    return time.tv_nsec;
  };
  const auto before = tick();
  while (tick() == before) {
  }
}

}  // namespace logpipe::follow::testing
