#include <logpipe/base/fd.hpp>
#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/memory/content_view.hpp>
#include <logpipe/follow/memory/description.hpp>
#include <logpipe/follow/names/compressed_name.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <fcntl.h>

#include <utility>

namespace logpipe::follow {

namespace {

std::string head_of(int descriptor) {
  std::string head(fingerprint::capacity, '\0');
  const ssize_t n = read_at(descriptor, head.data(), head.size(), 0);
  if (n < 0) throw_errno("cannot read");
  head.resize(static_cast<std::size_t>(n));
  return head;
}

}  // namespace

content_view::content_view(int descriptor, const std::string& path) : m_descriptor(descriptor) {
  if (has_compressed_name(path) && compression_of(descriptor) != compression::none) {
    fd again(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    if (!again) throw_errno(path);
    m_decompressed.emplace(std::move(again), path);
  }
  m_head = m_decompressed ? std::string(m_decompressed->head()) : head_of(descriptor);
}

bool content_view::stands_at(const bookmark& place) {
  if (!m_decompressed) return follow::stands_at(m_descriptor, place);
  if (m_decompressed->offset() > place.offset) m_decompressed->begin_again();
  return m_decompressed->stands_at(place);
}

bool content_view::is_copy_of(int plain_file) {
  if (!m_decompressed) {
    return follow::stands_at(plain_file, bookmark_at(m_descriptor, status_of(m_descriptor).size));
  }
  m_decompressed->skip_to(compressed_file::no_limit);
  const bookmark end{.offset = m_decompressed->offset(),
                     .before = print_of(m_decompressed->before())};
  return follow::stands_at(plain_file, end);
}

shown_file content_view::shown(const file_status& status, std::string log,
                               std::uint64_t inode_at_log) {
  shown_file made{.inode = status.id.inode,
                  .birth = status.id.birth,
                  .compressed_size = {},
                  .head = m_head,
                  .stands_at = [this](const bookmark& place) { return stands_at(place); },
                  .log = std::move(log),
                  .inode_at_log = inode_at_log};
  if (m_decompressed) made.compressed_size = status.size;
  return made;
}

kept_generation describe_left_out(const content_view& content, const file_status& status,
                                  std::string log, const std::string& path) {
  kept_generation made;
  made.source = std::move(log);
  made.name = full_path(path);
  identify(made, status.id, content.head());
  made.file_size = status.size;
  made.what = kept_generation::state::left_out;
  if (!content.is_compressed()) {
    made.read = bookmark_at(content.m_descriptor, status.size);
    made.size = made.sent = status.size;
  }
  return made;
}

}  // namespace logpipe::follow
