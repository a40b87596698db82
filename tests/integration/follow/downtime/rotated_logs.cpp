#include "rotated_logs.hpp"

#include <logpipe/base/output.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdlib>
#include <support/compressed_text.hpp>
#include <system_error>

namespace logpipe::follow::testing {

namespace fs = std::filesystem;

namespace {

std::string ending_of(compression how) {
  switch (how) {
    case compression::gzip:
      return ".gz";
    case compression::bzip2:
      return ".bz2";
    case compression::xz:
      return ".xz";
    case compression::zstd:
      return ".zst";
    case compression::lz4:
      return ".lz4";
    case compression::none:
      break;
  }
  return {};
}

}  // namespace

rotated_logs::rotated_logs() {
  std::string pattern = fs::temp_directory_path() / "downtime-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw_errno(pattern);
  m_root = pattern;
}

rotated_logs::~rotated_logs() {
  std::error_code ignored;
  fs::remove_all(m_root, ignored);
}

rotated_log& rotated_logs::add(const std::string& name, bool dated, bool linked) {
  const std::string file = linked ? "targets/" + name : name;
  if (linked) {
    fs::create_directory(path("targets"));
    fs::create_symlink(file, path(name));
  }
  return m_logs.emplace_back(
      rotated_log{.name = name, .file = file, .dated = dated, .generations = {}});
}

log_generation* rotated_logs::by_inode(std::uint64_t inode) const {
  const auto found = m_by_inode.find(inode);
  return found == m_by_inode.end() ? nullptr : found->second;
}

log_generation& rotated_logs::begin(rotated_log& log) {
  if (!log.generations.empty()) {
    log_generation& last = log.generations.back();
    last.size_when_followed = last.content.size();
  }
  log_generation& begun = log.generations.emplace_back();
  begun.name = log.name + " #" + std::to_string(++m_made);
  begun.file = log.file;
  return begun;
}

void rotated_logs::append(rotated_log& log, std::string_view text) {
  const bool is_new = !log.is_there();
  log_generation& last = is_new ? begin(log) : log.generations.back();
  last.content += text;
  write(log.file, text);
  if (is_new) holds(log.file, last);
}

void rotated_logs::append_late(log_generation& old, std::string_view text) {
  old.content += text;
  write(old.file, text);
}

void rotated_logs::rotate(rotated_log& log) {
  moved_to(log.generations.back(), make_room(log));
}

void rotated_logs::copy_and_cut(rotated_log& log) {
  log_generation& old = log.generations.back();
  const std::string copy = make_room(log);
  fs::copy_file(path(log.file), path(copy));
  fs::resize_file(path(log.file), 0);
  old.file = copy;
  old.is_copy = true;
  holds(copy, old);
  holds(log.file, begin(log));
}

void rotated_logs::restore(log_generation& generation) {
  const std::string copy = generation.file + ".restored";
  fs::copy_file(path(generation.file), path(copy));
  fs::last_write_time(path(copy), fs::last_write_time(path(generation.file)));
  fs::rename(path(copy), path(generation.file));
  holds(generation.file, generation);
}

void rotated_logs::compress(log_generation& generation, compression how) {
  const std::string old = generation.file;
  generation.ending = ending_of(how);
  generation.file += generation.ending;
  write(generation.file, test::compressed(how, generation.content));
  fs::last_write_time(path(generation.file), fs::last_write_time(path(old)));
  fs::remove(path(old));
  holds(generation.file, generation);
}

void rotated_logs::remove(log_generation& generation) {
  fs::remove(path(generation.file));
  generation.file.clear();
}

/// The name for what is rotated next; the numbers of older files go up.
std::string rotated_logs::make_room(rotated_log& log) {
  if (log.dated) return log.file + "-" + std::to_string(20260101 + ++m_made);
  std::size_t number = log.generations.size();
  for (log_generation& old : log.generations) {
    if (!old.file.empty() && old.file != log.file) {
      moved_to(old, log.file + "." + std::to_string(number) + old.ending);
    }
    --number;
  }
  return log.file + ".1";
}

void rotated_logs::moved_to(log_generation& generation, const std::string& file) {
  fs::rename(path(generation.file), path(file));
  generation.file = file;
}

void rotated_logs::write(const std::string& file, std::string_view text) {
  const fd out(::open(path(file).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (!out) throw_errno(file);
  write_all(out.get(), text, file);
}

void rotated_logs::holds(const std::string& file, log_generation& generation) {
  struct stat status {};
  if (::stat(path(file).c_str(), &status) != 0) throw_errno(file);
  m_by_inode[status.st_ino] = &generation;
}

}  // namespace logpipe::follow::testing
