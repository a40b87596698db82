#include <logpipe/follow/lines/line_end.hpp>

#include <stdexcept>
#include <utility>

namespace logpipe::follow {

line_end::line_end(std::string text, bool keep_return)
    : m_text(std::move(text)), m_takes_return(m_text == "\n" && !keep_return) {
  if (m_text.empty() || m_text.size() > longest) {
    throw std::invalid_argument("a line end has 1 to 256 bytes");
  }
}

}  // namespace logpipe::follow
