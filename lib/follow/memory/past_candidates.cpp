// What a file is that may be an earlier one of a log: known, a copy, unknown, or nothing of it.
#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/memory/content_view.hpp>
#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/memory/living_file.hpp>
#include <logpipe/follow/memory/past_files.hpp>
#include <logpipe/follow/names/compressed_name.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

/// Whether two files hold the same bytes.
bool are_same(int one, int other) {
  if (status_of(one).size != status_of(other).size) return false;
  std::array<char, 16384> some{};
  std::array<char, 16384> others{};
  for (std::uint64_t at = 0;; at += some.size()) {
    const ssize_t n = read_at(one, some.data(), some.size(), at);
    if (n < 0 || read_at(other, others.data(), others.size(), at) != n) return false;
    if (!std::equal(some.begin(), some.begin() + n, others.begin())) return false;
    if (n < static_cast<ssize_t>(some.size())) return true;
  }
}

}  // namespace

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
    if (is_no_archive(file)) return tell_no_archive(file);
    const std::string log = by_name ? m_log : "";
    const auto known = recall(file, log);
    if (!known) return;
    if (!known->as.empty()) {
      take_known(std::move(file), *known);
    } else if (by_name) {
      take_unknown(std::move(file));
    }
  } catch (const std::system_error& error) {
    failed(path, by_name, error.code().value());
  }
}

void past_files::failed(const std::string& path, bool by_name, int error) {
  if (error == ENOENT) {
    m_has_moved = true;
    return;
  }
  // A number alone may be another file's by now.
  const auto status = by_name ? std::nullopt : status_of(path);
  const auto is_kept = [&] {
    return status && m_around->kept.by_number(status->id.inode, status->id.birth) != nullptr;
  };
  if (!by_name && !is_kept()) return;
  if (m_unreadable.insert(path).second) m_around->tell(unreadable{path, error});
}

/// It only says that it is compressed.
bool past_files::is_no_archive(const candidate& file) {
  return has_compressed_name(file.path) && !file.content->is_compressed() && file.status.size != 0;
}

/// Told once; another time if it has changed.
void past_files::tell_no_archive(const candidate& file) {
  kept_generation known = describe(file);
  const auto* before = m_around->kept.by_number(known.inode, known.birth);
  if (before != nullptr) m_around->kept.found({before->id});
  if (before != nullptr && before->file_size == known.file_size) return;
  if (!m_no_archives.insert(file.status.id).second) return;
  if (m_around->kept.knows(m_log)) {
    m_around->tell(damaged{file.path, 0, "its content is not compressed"});
    known.what = kept_generation::state::followed;
    known.size = known.read.offset;
  }
  std::vector<kept_id> replaced;
  if (before != nullptr) replaced = m_around->kept.replace({before->id});
  m_around->tell(generation_known{std::move(known), std::move(replaced)});
}

/// What a file is of what was kept. What is found already as another file it can only be the copy
/// of, or begin as: nothing, and it is passed over, when it is a copy.
std::optional<recollection> past_files::recall(const candidate& file, const std::string& log) {
  const shown_file shown = file.content->shown(file.status, log, m_inode_at_log);
  std::set<kept_id> others;
  while (true) {
    recollection known = m_around->kept.recall(shown, others);
    if (!known.by_content || known.as.empty()) return known;
    const std::size_t before = others.size();
    for (const kept_id id : known.as) {
      const fd original = living_file(m_around->kept.at(id), *m_around->listed);
      if (!original && !m_around->kept.is_found(id)) continue;
      if (is_copy(file, original)) {
        pass_over(file, known.from);
        return std::nullopt;
      }
      others.insert(id);
    }
    if (others.size() == before) return known;
  }
}

/// Of lines that are all alike any file may be made; then nothing is passed over.
bool past_files::is_copy(const candidate& file, const fd& original) const {
  if (all_lines_alike(file.content->head())) return false;
  return original ? file.content->is_copy_of(original.get()) : is_copy_of_found(file);
}

void past_files::take_known(candidate file, const recollection& known) {
  m_around->kept.found(known.as);
  if (!known.is_left_out && (!known.is_done || has_more(file, known))) {
    return take_to_read(std::move(file), known);
  }
  pass_over(file, known.from);
  if (known.by_content) {
    kept_generation again = describe(file);
    if (!known.is_left_out) again.what = kept_generation::state::followed;
    m_around->tell(generation_known{std::move(again), m_around->kept.replace(known.as)});
  }
}

/// Of a compressed one that was found only its like is a copy: that files begin alike, as those
/// with a banner do, says nothing of what follows.
bool past_files::is_copy_of_found(const candidate& file) const {
  return std::any_of(m_found.begin(), m_found.end(), [&](const past_file& each) {
    return each.compressed ? are_same(file.file.get(), each.file.get())
                           : file.content->is_copy_of(each.file.get());
  });
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
    const kept_generation left_out = describe(file);
    pass_over(file, left_out.read);
    m_around->tell(generation_known{left_out, {}});
  }
}

/// It is no source of its own for what is done with, if its name fits a pattern.
void past_files::pass_over(const candidate& file, const bookmark& read) {
  if (!file.content->is_compressed()) m_around->files.pass_over(file.status.id, read, m_now);
}

void past_files::take_to_read(candidate file, const recollection& known) {
  if (!m_around->files.claim(file.status.id, m_source)) return;
  const bool compressed = file.content->is_compressed();
  file.content.reset();  // it looks at the file that goes
  m_found.push_back({.file = std::move(file.file),
                     .path = std::move(file.path),
                     .compressed = compressed,
                     .from = known.from,
                     .modified = file.status.modified,
                     .continues = m_around->kept.replace(known.as)});
}

/// As one that is never read.
kept_generation past_files::describe(const candidate& file) const {
  return describe_left_out(*file.content, file.status, m_log, file.path);
}

}  // namespace logpipe::follow
