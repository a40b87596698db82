#include "source_status.hpp"

#include "file_finder.hpp"

#include <logpipe/base/fd.hpp>
#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/names/compressed_name.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <map>

namespace logpipe::logtail {
namespace {

using follow::kept_generation;
using state = file_status::state;

constexpr std::int64_t nanoseconds_per_millisecond = 1'000'000;

fd open_to_read(const std::string& path) {
  return fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
}

/// A file of another number that holds what the generation held: restored, or copied back.
bool holds(const std::string& path, const kept_generation& generation) {
  const fd file = open_to_read(path);
  if (!file || generation.alike) return false;
  std::array<char, follow::fingerprint::capacity> head{};
  const ssize_t size = follow::read_at(file.get(), head.data(), head.size(), 0);
  return size > 0 && generation.head.matches({head.data(), static_cast<std::size_t>(size)}) &&
         follow::stands_at(file.get(), generation.read);
}

/// One that may not be read is taken for what it was.
bool is_rewritten(const found_file& file, const kept_generation& generation) {
  if (file.status.size < generation.read.offset) return true;
  const fd opened = open_to_read(file.path);
  return opened && !follow::stands_at(opened.get(), generation.read);
}

/// One log while it is looked at.
class measurement {
public:
  measurement(const ship::kept_source& source, std::vector<const kept_generation*> generations,
              std::int64_t alive, file_finder& files)
      : m_generations(std::move(generations)),
        m_alive(alive),
        m_files(files),
        m_at_path(file_at(source.path)) {
    m_result.kept = source;
  }

  source_status take() {
    for (const kept_generation* generation : m_generations) {
      const auto file = find(*generation);
      if (file && is_at_path(*file)) m_path_is_known = true;
      if (generation->what == kept_generation::state::left_out) continue;
      if (!generation->is_done() || is_last(*generation)) add(*generation, file);
    }
    add_unknown();
    set_age();
    return std::move(m_result);
  }

private:
  bool is_last(const kept_generation& generation) const {
    return &generation == m_generations.back();
  }
  bool was_at_end(const kept_generation& generation) const {
    const std::uint64_t held = is_last(generation) ? m_result.kept.held : 0;
    return generation.is_done() || generation.read.offset + held >= generation.size;
  }
  bool is_at_path(const found_file& file) const {
    return m_at_path && file.status.id == m_at_path->status.id;
  }

  std::optional<found_file> find(const kept_generation& generation) {
    if (auto file = m_files.find(generation)) return file;
    if (m_at_path && holds(m_at_path->path, generation)) return m_at_path;
    return std::nullopt;
  }

  void add(const kept_generation& generation, const std::optional<found_file>& file) {
    file_status status{.name = generation.name, .position = generation.read.offset};
    status.lag = std::max(generation.size, generation.read.offset) - generation.read.offset;
    if (!file || generation.what == kept_generation::state::replaced) {
      status.what = state::gone;
    } else {
      status.name = is_at_path(*file) ? m_at_path->path : file->path;
      status.modified = file->status.modified / nanoseconds_per_millisecond;
      measure(status, generation, *file);
    }
    m_result.files.push_back(std::move(status));
  }

  void measure(file_status& status, const kept_generation& generation, const found_file& file) {
    if (follow::has_compressed_name(file.path)) {
      status.what = state::compressed;
      return;
    }
    status.size = file.status.size;
    if (is_rewritten(file, generation)) {
      status.what = state::rewritten;
      status.lag = file.status.size;
      return;
    }
    status.lag = file.status.size - generation.read.offset;
    // What has been added to an unfinished line may have ended it.
    if (is_last(generation) && status.lag == m_result.kept.held) status.lag = 0;
  }

  /// A rotation that no run has seen.
  void add_unknown() {
    if (!m_at_path || m_path_is_known || !S_ISREG(m_at_path->status.mode)) return;
    m_result.files.push_back(
        {.name = m_at_path->path,
         .what = state::unknown,
         .size = m_at_path->status.size,
         .lag = m_at_path->status.size,
         .modified = m_at_path->status.modified / nanoseconds_per_millisecond});
  }

  /// All that stood in the files was acknowledged when that was last seen, and, if nothing was left
  /// to do then, when the run last said that it lives. But what is unread was there by the time of
  /// its file's last change.
  void set_age() {
    const bool at_end = std::all_of(m_generations.begin(), m_generations.end(),
                                    [this](const auto* each) { return was_at_end(*each); });
    std::int64_t since = std::max(m_result.kept.caught_up, at_end ? m_alive : 0);
    for (const file_status& file : m_result.files) {
      m_result.lag += file.lag;
      if (file.lag > 0 && file.modified > 0) {
        since = since == 0 ? file.modified : std::min(since, file.modified);
      }
    }
    if (m_result.lag > 0) m_result.behind_since = since;
  }

  std::vector<const kept_generation*> m_generations;
  std::int64_t m_alive;
  file_finder& m_files;
  std::optional<found_file> m_at_path;
  bool m_path_is_known = false;
  source_status m_result;
};

}  // namespace

std::vector<source_status> look_at_sources(const ship::kept_positions& kept) {
  std::map<std::string, std::vector<const kept_generation*>> generations;
  std::map<std::string, ship::kept_source> sources;
  for (const auto& source : kept.sources) {
    sources.emplace(source.path, source);
  }
  for (const auto& generation : kept.generations) {
    generations[generation.source].push_back(&generation);
    sources[generation.source].path = generation.source;
  }
  file_finder files;
  std::vector<source_status> all;
  for (const auto& [path, source] : sources) {
    all.push_back(measurement(source, generations[path], kept.alive, files).take());
  }
  return all;
}

}  // namespace logpipe::logtail
