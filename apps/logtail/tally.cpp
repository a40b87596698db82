#include "tally.hpp"

#include <variant>

namespace logpipe::logtail {

void tally::note(const follow::event& event) {
  if (const auto* cut = std::get_if<follow::truncated>(&event)) {
    m_lost_bytes += cut->unread;
  } else if (const auto* longer = std::get_if<follow::line_too_long>(&event)) {
    m_lost_bytes += longer->size;
  } else if (const auto* given_up = std::get_if<follow::let_go>(&event)) {
    m_lost_bytes += given_up->unread;
  } else if (const auto* missed = std::get_if<follow::vanished>(&event)) {
    m_lost_bytes += missed->unread;
  } else if (const auto* failed = std::get_if<follow::unreadable>(&event)) {
    m_unreadable.insert(failed->path);
  } else if (const auto* works = std::get_if<follow::opened>(&event)) {
    m_unreadable.erase(works->path);
  } else if (const auto* gone = std::get_if<follow::ended>(&event)) {
    m_unreadable.erase(gone->path);
  }
}

}  // namespace logpipe::logtail
