#include <logpipe/base/fd.hpp>
#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/memory/content_view.hpp>

#include <utility>

namespace logpipe::follow {

content_view::content_view(int descriptor)
    : m_descriptor(descriptor), m_head(fingerprint::capacity, '\0') {
  const ssize_t n = read_at(descriptor, m_head.data(), m_head.size(), 0);
  if (n < 0) throw_errno("cannot read");
  m_head.resize(static_cast<std::size_t>(n));
}

shown_file content_view::shown(const identity& file, std::string log,
                               std::uint64_t inode_at_log) const {
  return {.inode = file.inode,
          .birth = file.birth,
          .head = m_head,
          .stands_at = [this](const bookmark& place) { return stands_at(m_descriptor, place); },
          .log = std::move(log),
          .inode_at_log = inode_at_log};
}

}  // namespace logpipe::follow
