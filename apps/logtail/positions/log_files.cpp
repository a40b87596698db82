#include "log_files.hpp"

#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/memory/content_view.hpp>
#include <logpipe/follow/names/compressed_name.hpp>
#include <logpipe/follow/names/earlier_files.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

namespace logpipe::logtail {
namespace {

using follow::kept_generation;
using state = file_status::state;

/// Nothing where there is no regular file, or none that may be looked at.
std::optional<follow::file_status> regular_file_at(const std::string& path) {
  try {
    const auto status = follow::status_of(path);
    if (status && S_ISREG(status->mode)) return status;
  } catch (const std::system_error&) {  // no permission: not for us to see
  }
  return std::nullopt;
}

/// Nothing where it may not be read.
std::optional<follow::recollection> recall(const follow::memory& memory, const std::string& path,
                                           const follow::file_status& status,
                                           const std::string& log, std::uint64_t inode_at_log) {
  try {
    const fd file = follow::open_regular(path);
    follow::content_view content(file.get(), path);
    return memory.recall(content.shown(status, log, inode_at_log));
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

std::uint64_t unsent(const kept_generation& generation) {
  if (generation.is_done()) return 0;
  return std::max(generation.size, generation.read.offset) - generation.read.offset;
}

file_status file_now(const std::string& path, const follow::file_status& status) {
  constexpr std::int64_t nanoseconds_per_millisecond = 1'000'000;
  file_status file;
  file.name = path;
  file.size = status.size;
  file.modified = status.modified / nanoseconds_per_millisecond;
  return file;
}

}  // namespace

file_status file_as_kept(const kept_generation& generation) {
  return {.name = generation.name,
          .what = state::gone,
          .position = generation.read.offset,
          .lag = unsent(generation)};
}

std::vector<file_status> log_files::take() {
  const auto log = regular_file_at(m_source.path);
  m_inode_at_log = log ? log->id.inode : 0;
  look_by_number();
  for (const auto& file : follow::earlier_files(m_source.path, m_rotated, m_lists)) {
    if (!follow::is_being_compressed(file)) look_at(file.path, true);
  }
  look_at(m_source.path, true);
  add_missing();
  return std::move(m_files);
}

/// Those that are not done with, wherever they were renamed to.
void log_files::look_by_number() {
  const std::string target = follow::real_path(m_source.path);
  const auto log = regular_file_at(m_source.path);
  for (const kept_generation* each : m_memory.missing(m_source.path)) {
    if (each->is_done() || each->what == kept_generation::state::replaced) continue;
    for (const auto& place : {each->name, m_source.path, target}) {
      for (const auto& path : m_lists.with_inode(follow::directory_of(place), each->inode)) {
        const auto found = regular_file_at(path);
        const bool is_log = log && found && log->id == found->id;
        if (found && found->id.birth == each->birth && !is_log) look_at(path, false);
      }
    }
  }
}

/// `by_name`: it is called as the log, or as an earlier file of it.
void log_files::look_at(const std::string& path, bool by_name) {
  const auto status = regular_file_at(path);
  if (!status || !m_looked_at.insert(status->id).second) return;
  const auto known = recall(m_memory, path, *status, by_name ? m_source.path : "",
                            path == m_source.path ? 0 : m_inode_at_log);
  if (known && !known->as.empty()) {
    if (known->is_copy || is_of_another(*known)) return;
    m_memory.found(known->as);
    if (!known->is_left_out) add_known(path, *status, *known);
  } else {
    add_changed(path, *status, by_name, known.has_value());
  }
}

bool log_files::is_of_another(const follow::recollection& known) const {
  return std::none_of(known.as.begin(), known.as.end(), [this](follow::kept_id id) {
    return m_memory.at(id).source == m_source.path;
  });
}

void log_files::add_known(const std::string& path, const follow::file_status& status,
                          const follow::recollection& known) {
  file_status file = file_now(path, status);
  file.position = known.from.offset;
  if (follow::has_compressed_name(path)) {
    file.what = state::compressed;
    file.size.reset();
    for (const auto id : known.as)
      file.lag = std::max(file.lag, unsent(m_memory.at(id)));
  } else {
    file.lag = status.size - std::min(status.size, file.position);
    // What has been added to an unfinished line may have ended it.
    if (path == m_source.path && file.lag == m_source.held) file.lag = 0;
  }
  m_files.push_back(std::move(file));
}

/// A file that is kept by its number, but does not hold what it held, or may not be read; or one
/// that no run has seen.
void log_files::add_changed(const std::string& path, const follow::file_status& status,
                            bool by_name, bool may_be_read) {
  file_status file = file_now(path, status);
  const kept_generation* kept = m_memory.by_number(status.id.inode, status.id.birth);
  if (kept && kept->source == m_source.path) {
    m_memory.found({kept->id});
    if (kept->what == kept_generation::state::left_out) return;
    const bool is_rewritten = may_be_read || status.size < kept->read.offset;
    file.what = is_rewritten ? state::rewritten : state::there;
    file.position = kept->read.offset;
    file.lag = is_rewritten ? status.size : status.size - file.position;
  } else if (!kept && (path == m_source.path || (by_name && m_memory.knows(m_source.path)))) {
    file.what = state::unknown;
    file.lag = status.size;
    if (follow::has_compressed_name(path)) file.size.reset();
  } else {
    return;
  }
  m_files.push_back(std::move(file));
}

void log_files::add_missing() {
  for (const kept_generation* each : m_memory.missing(m_source.path)) {
    if (!each->is_done()) m_files.push_back(file_as_kept(*each));
  }
}

}  // namespace logpipe::logtail
