#include "tally.hpp"

#include <variant>

namespace logpipe::logtail {

void tally::note(const follow::event& event) {
  if (const auto* cut = std::get_if<follow::truncated>(&event)) {
    m_lost_bytes += cut->unread;
  } else if (const auto* longer = std::get_if<follow::line_too_long>(&event)) {
    m_lost_bytes += longer->size;
  } else if (const auto* failed = std::get_if<follow::unreadable>(&event)) {
    m_unreadable.insert(failed->path);
  } else if (const auto* works = std::get_if<follow::opened>(&event)) {
    m_unreadable.erase(works->path);
  } else if (const auto* gone = std::get_if<follow::ended>(&event)) {
    m_unreadable.erase(gone->path);
  }
}

}  // namespace logpipe::logtail
