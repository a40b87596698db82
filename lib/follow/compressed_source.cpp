#include <logpipe/follow/compressed_source.hpp>
#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/names/compressed_name.hpp>
#include <logpipe/follow/names/real_path.hpp>
#include <logpipe/follow/watch/interval.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

namespace logpipe::follow {
namespace {

constexpr std::chrono::seconds full_look{5};

bool is_same(const std::optional<file_status>& a, const file_status& b) {
  return a && a->id == b.id && a->size == b.size && a->modified == b.modified;
}

}  // namespace

bool is_compressed_log(const std::string& path) {
  if (!has_compressed_name(path)) return false;
  const auto status = status_of(path);
  if (!status) return true;
  if (!S_ISREG(status->mode)) return false;
  const fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  return !file || status->size == 0 || compression_of(file.get()) != compression::none;
}

compressed_source::compressed_source(source_id id, std::string path, const surroundings& around,
                                     time_point now, const bookmark& start,
                                     std::vector<kept_id> continues)
    : m_id(id),
      m_path(std::move(path)),
      m_around(&around),
      m_bounded(around.options.once),
      m_start(start),
      m_continues(std::move(continues)) {
  if (m_bounded) {
    begin();
  } else {
    look_at_path(true);
    m_due = shared_deadline(now, full_look);
  }
}

compressed_source::~compressed_source() {
  if (is_busy()) m_around->open.closed(m_id);
}

void compressed_source::look(time_point now) {
  if (m_bounded) return;
  m_due = shared_deadline(now, full_look);
  // One that is being read is read to its end, whatever has come to its path.
  if (!is_busy()) look_at_path(false);
}

/// Begins what stands at the path and was not read yet; if not `settled`, when the look before has
/// found it the same.
void compressed_source::look_at_path(bool settled) {
  try {
    const auto here = status_of(m_path);
    if (!here) {
      if (!std::exchange(m_told_waiting, true)) m_around->tell(waiting{m_path, {}});
    } else if (!is_same(m_done, *here) && (settled || is_same(m_seen, *here))) {
      begin();
    }
    m_seen = here;
  } catch (const std::system_error& failed) {
    unreadable(failed.code().value());
  }
}

void compressed_source::begin() {
  const auto status = status_of(m_path);
  if (!status) throw_errno(ENOENT, m_path);
  if (!S_ISREG(status->mode)) throw_errno(S_ISDIR(status->mode) ? EISDIR : EINVAL, m_path);
  compressed_file file(m_path);
  const file_status opened_status = status_of(file.descriptor());
  m_done = opened_status;
  const auto left_off = m_around->files.claim(file.id(), m_id);
  if (!left_off) return;  // another source has it
  m_place = place_of(file.id(), *left_off);
  m_around->open.opened(m_id);
  m_found = std::move(file);
  if (std::exchange(m_told_waiting, false)) m_around->tell(opened{m_path, m_place.offset});
}

/// Where a file is to be read from: where this source stood in it, or another one, or a run before.
bookmark compressed_source::place_of(const identity& file, const bookmark& left_off) {
  if (m_known && m_known->file.id == file) return m_known->given;
  if (left_off.offset != 0) return left_off;
  return m_known ? bookmark{} : m_start;
}

source::progress compressed_source::read(chunk& out, time_point now) {
  if (m_found) return find_place(now);
  if (!m_reading) return progress::nothing;
  using outcome = compressed_reading::outcome;
  const outcome how = m_reading->read(out, too_long());
  if (how == outcome::failed) {
    unreadable(m_reading->error());
    release(now);
    return progress::nothing;
  }
  if (std::exchange(m_told_error, 0) != 0) m_around->tell(opened{m_path, m_known->given.offset});
  if (how == outcome::more) return progress::more;
  if (how == outcome::lines) {
    m_known->given = {out.end, out.before_end};
    return progress::lines;
  }
  if (how == outcome::damaged) {
    m_around->tell(damaged{m_path, m_reading->offset(), m_reading->damaged()->reason});
  }
  release(now);
  return progress::nothing;
}

/// A block at a time: a file may be long, and others wait for their turn.
source::progress compressed_source::find_place(time_point now) {
  try {
    const bool there = m_found->skip_to(m_place.offset, m_around->options.block_size);
    if (!there && !m_found->is_over()) return progress::more;
    if (!there || !m_found->stands_at(m_place)) {
      m_place = {};
      m_found->begin_again();
    }
    begin_reading();
  } catch (const std::system_error& failed) {
    unreadable(failed.code().value());
    release(now);
    return progress::nothing;
  }
  return progress::more;
}

void compressed_source::begin_reading() {
  const bool goes_on = m_known && m_known->file.id == m_found->id() && m_place.offset != 0;
  if (!goes_on) {
    if (m_known) retire();
    m_known.emplace(known{});
    m_known->number = m_around->next_generation();
    m_known->file = status_of(m_found->descriptor());
    m_known->name = current_name(m_found->descriptor());
    m_known->head.extend(m_found->head());
    m_known->alike = has_alike_lines(m_found->head());
    m_known->given = m_place;
  }
  m_reading.emplace(std::move(*m_found), m_id, m_known->number, m_around->options.block_size,
                    m_around->lines);
  m_found.reset();
  if (goes_on || !m_around->options.remembers) return;
  auto continues = std::exchange(m_continues, {});
  if (m_place != m_start) continues.clear();
  auto now_kept = *describe(m_known->number);
  now_kept.read = m_place;
  now_kept.sent = m_place.offset;
  m_around->tell(generation_begun{m_known->number, std::move(now_kept), std::move(continues)});
}

/// What is being read is closed, at its end or because it cannot be read on.
void compressed_source::release(time_point now) {
  bookmark read;
  identity file = m_found ? m_found->id() : m_reading->file().id();
  if (m_reading && m_reading->offset() == m_reading->file().offset()) {
    read = {.offset = m_reading->offset(), .before = print_of(m_reading->file().before())};
  }
  m_around->files.release(file, read, now);
  m_around->open.closed(m_id);
  m_found.reset();
  m_reading.reset();
  if (m_bounded && m_known) retire();
}

void compressed_source::retire() {
  if (std::exchange(m_known->is_over, true)) return;
  m_around->retired(m_known->number, *describe(m_known->number), m_known->name);
}

/// Told once; it is tried again while that lasts.
void compressed_source::unreadable(int error) {
  m_done.reset();
  if (error == std::exchange(m_told_error, error)) return;
  m_around->tell(follow::unreadable{m_path, error});
}

void compressed_source::stop(time_point /*now*/) {
  if (!m_bounded && !is_busy()) look_at_path(true);
  m_bounded = true;
  m_due.reset();
}

std::uint64_t compressed_source::unread_bytes() const {
  if (!is_busy()) return 0;
  const compressed_file& file = m_found ? *m_found : m_reading->file();
  const std::uint64_t size = m_done ? m_done->size : 0;
  // Some of what was taken of the file is in the decoder still: never 0 before the end.
  return size > file.taken() ? size - file.taken() : 1;
}

std::optional<std::string> compressed_source::name_of(generation_id generation) const {
  if (!m_known || m_known->number != generation) return std::nullopt;
  return m_known->name;
}

std::optional<kept_generation> compressed_source::describe(generation_id generation) const {
  if (!m_known || m_known->number != generation) return std::nullopt;
  using state = kept_generation::state;
  return kept_generation{
      .id = 0,
      .source = full_path(m_path),
      .name = m_known->name,
      .inode = m_known->file.id.inode,
      .birth = m_known->file.id.birth,
      .head = m_known->head,
      .alike = m_known->alike,
      .read = {},
      .sent = m_known->given.offset,
      .size = m_known->given.offset,
      .file_size = m_known->file.size,
      .what = m_known->is_over ? state::followed : state::open,
  };
}

too_long_observer compressed_source::too_long() const {
  return [this](std::uint64_t offset, std::uint64_t size) {
    m_around->tell(line_too_long{m_path, offset, size});
  };
}

}  // namespace logpipe::follow
