#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/memory/content_view.hpp>
#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/memory/past_files.hpp>
#include <logpipe/follow/names/compressed_name.hpp>
#include <logpipe/follow/names/earlier_files.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

namespace fs = std::filesystem;

bool is_there(const std::string& path) {
  std::error_code unknown;
  return fs::exists(path, unknown);
}

/// 0 when there is none, or it cannot be reached.
std::uint64_t inode_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

past_files::past_files(source_id source, std::string path, std::string log,
                       const surroundings& around, std::function<bool(int)> is_copy)
    : m_source(source),
      m_path(std::move(path)),
      m_log(std::move(log)),
      m_around(&around),
      m_is_copy(std::move(is_copy)) {}

std::vector<past_file> past_files::find(directory_lists& lists) {
  m_found.clear();
  m_inode_at_log = inode_of(m_path);
  find_by_number(lists);
  for (const auto& [path, compressed] : earlier_files(m_path, m_around->options.rotated, lists)) {
    // What is being compressed at this moment is there twice.
    if (compressed && is_there(std::string(without_compressed_ending(path)))) continue;
    take(path, true);
  }
  return std::move(m_found);
}

/// Where the kept file may be: it was renamed, if nothing else happened to it.
std::vector<std::string> past_files::directories_of(const kept_generation& kept) const {
  std::vector<std::string> all{directory_of(m_path), directory_of(kept.name)};
  std::error_code unresolved;
  const fs::path target = fs::canonical(m_path, unresolved);
  if (!unresolved) all.push_back(directory_of(target));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void past_files::find_by_number(directory_lists& lists) {
  for (const kept_generation* kept : m_around->kept.missing(m_log)) {
    if (kept->is_done() || kept->what == kept_generation::state::replaced) continue;
    for (const auto& directory : directories_of(*kept)) {
      for (const auto& path : lists.with_inode(directory, kept->inode)) {
        take(path, false);
      }
    }
  }
}

/// A file that may be one of the log's.
struct past_files::candidate {
  fd file;
  std::string path;
  file_status status;
  std::unique_ptr<content_view> content;
};

/// Takes a file that may be one of the log's; `by_name`: it is called so.
void past_files::take(const std::string& path, bool by_name) {
  try {
    candidate file{.file = open_regular(path), .path = path, .status = {}, .content = nullptr};
    file.status = status_of(file.file.get());
    if (m_around->is_own(path, file.status)) return;
    if (m_around->files.is_claimed(file.status.id)) return;
    file.content = std::make_unique<content_view>(file.file.get(), path);
    const std::string log = by_name ? m_log : "";
    recollection known =
        m_around->kept.recall(file.content->shown(file.status, log, m_inode_at_log));
    if (!known.as.empty()) {
      take_known(std::move(file), std::move(known));
    } else if (by_name) {
      take_unknown(std::move(file));
    }
  } catch (const std::system_error& failed) {
    if (by_name && failed.code().value() != ENOENT) {
      m_around->tell(unreadable{path, failed.code().value()});
    }
  }
}

void past_files::take_known(candidate file, recollection known) {
  if (known.is_copy) return;
  m_around->kept.found(known.as);
  if (!known.is_left_out && (!known.is_done || has_more(file, known))) {
    take_to_read(std::move(file), known);
  } else if (known.by_content) {
    kept_generation again = describe(file);
    if (!known.is_left_out) again.what = kept_generation::state::followed;
    m_around->tell(generation_known{std::move(again), std::move(known.as)});
  }
}

/// Whether what was done with may have got lines since. How many a compressed one has shows when it
/// is read, once.
bool past_files::has_more(const candidate& file, const recollection& known) const {
  if (!file.content->is_compressed()) return file.status.size > known.from.offset;
  return known.by_content || file.status.size != m_around->kept.at(known.as.front()).file_size;
}

void past_files::take_unknown(candidate file) {
  if (!file.content->is_compressed() && m_is_copy(file.file.get())) return;
  if (m_around->kept.knows(m_log)) {
    take_to_read(std::move(file), {});
  } else {
    m_around->tell(generation_known{describe(file), {}});
  }
}

void past_files::take_to_read(candidate file, const recollection& known) {
  if (!m_around->files.claim(file.status.id, m_source)) return;
  const bool compressed = file.content->is_compressed();
  file.content.reset();  // it looks at the file that goes
  m_found.push_back({.file = std::move(file.file),
                     .path = std::move(file.path),
                     .compressed = compressed,
                     .from = known.from,
                     .continues = known.as});
}

/// As one that is never read.
kept_generation past_files::describe(const candidate& file) const {
  kept_generation made;
  made.source = m_log;
  made.name = full_path(file.path);
  made.inode = file.status.id.inode;
  made.birth = file.status.id.birth;
  made.head.extend(file.content->head());
  made.alike = all_lines_alike(file.content->head());
  made.file_size = file.status.size;
  made.what = kept_generation::state::left_out;
  if (!file.content->is_compressed()) {
    made.read = bookmark_at(file.file.get(), file.status.size);
    made.size = made.sent = file.status.size;
  }
  return made;
}

bool past_files::is_any_missing() const {
  const auto missing = m_around->kept.missing(m_log);
  return std::any_of(missing.begin(), missing.end(),
                     [](const kept_generation* each) { return !each->is_done(); });
}

bool past_files::tell_vanished() {
  directory_lists lists;
  bool is_all = true;
  const bool is_here = is_there(m_path) || !m_around->kept.there(m_log).empty();
  generations_seen seen{.there = m_around->kept.there(m_log), .gone = {}};
  for (const kept_generation* kept : m_around->kept.missing(m_log)) {
    // An empty place may be one where nothing is mounted yet.
    if (!is_here || !lists.can_list(directory_of(kept->name))) {
      is_all = is_all && kept->is_done();
    } else if (kept->is_done()) {
      seen.gone.push_back(kept->id);
    } else {
      const std::uint64_t end = std::max(kept->size, kept->sent);
      m_around->tell(generation_vanished{*kept, end - std::min(end, kept->read.offset)});
      m_around->kept.found({kept->id});
    }
  }
  if (!seen.there.empty() || !seen.gone.empty()) m_around->tell(std::move(seen));
  return is_all;
}

}  // namespace logpipe::follow
