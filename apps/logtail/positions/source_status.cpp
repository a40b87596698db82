#include "source_status.hpp"

#include "log_files.hpp"

#include <logpipe/follow/memory/memory.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace logpipe::logtail {
namespace {

using follow::kept_generation;

/// What is to do, and the file at the log's path; with neither, what was there last.
std::vector<file_status> shown(std::vector<file_status> files, const std::string& log,
                               const std::vector<const kept_generation*>& kept) {
  std::vector<file_status> some;
  for (auto& file : files) {
    if (file.lag > 0 || file.name == log) some.push_back(std::move(file));
  }
  const auto last = std::find_if(kept.rbegin(), kept.rend(), [](const kept_generation* each) {
    return each->what != kept_generation::state::left_out;
  });
  if (some.empty() && last != kept.rend()) some.push_back(file_as_kept(**last));
  return some;
}

/// All that stood in the files was acknowledged when that was last seen, and, if nothing was left
/// to do then, when the run last said that it lives. But what is unread was there by the time of
/// its file's last change.
std::int64_t behind_since(const source_status& source,
                          const std::vector<const kept_generation*>& kept, std::int64_t alive) {
  const bool at_end = std::all_of(kept.begin(), kept.end(), [&](const kept_generation* each) {
    return each->is_done() || each->read.offset + source.kept.held >= each->size;
  });
  std::int64_t since = std::max(source.kept.caught_up, at_end ? alive : 0);
  for (const file_status& file : source.files) {
    if (file.lag == 0 || file.modified == 0) continue;
    since = since == 0 ? file.modified : std::min(since, file.modified);
  }
  return since;
}

source_status look_at(const ship::kept_source& source, const std::vector<std::string>& rotated,
                      std::int64_t alive, follow::memory& memory, follow::directory_lists& lists) {
  const auto kept = memory.missing(source.path);
  source_status now;
  now.kept = source;
  now.files = shown(log_files(source, rotated, memory, lists).take(), source.path, kept);
  for (const file_status& file : now.files) {
    now.lag += file.lag;
  }
  if (now.lag > 0) now.behind_since = behind_since(now, kept, alive);
  return now;
}

}  // namespace

std::vector<source_status> look_at_sources(const ship::kept_positions& kept,
                                           const std::vector<std::string>& rotated) {
  follow::memory memory(kept.generations);
  std::map<std::string, ship::kept_source> sources;
  for (const auto& source : kept.sources) {
    sources.emplace(source.path, source);
  }
  for (const auto& log : memory.logs()) {
    sources[log].path = log;
  }
  follow::directory_lists lists;
  std::vector<source_status> all;
  all.reserve(sources.size());
  for (const auto& [path, source] : sources) {
    all.push_back(look_at(source, rotated, kept.alive, memory, lists));
  }
  return all;
}

}  // namespace logpipe::logtail
