#include "messages.hpp"

#include <logpipe/base/output.hpp>
#include <logpipe/format/escape.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>

namespace logpipe::app {
namespace {

/// systemd gives device:inode of the stream in JOURNAL_STREAM; a stderr that was redirected since
/// is another one.
bool stderr_is_the_journal() {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat status {};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &status) != 0) return false;
  return fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

int priority(messages::level what) {
  switch (what) {
    case messages::level::error:
      return 3;
    case messages::level::warning:
      return 4;
    case messages::level::info:
      return 6;
    case messages::level::detail:
      break;
  }
  return 7;
}

}  // namespace

messages::messages(std::string tool)
    : m_tool(std::move(tool)), m_journal(stderr_is_the_journal()) {}

void messages::say(level what, std::string_view text) {
  if (!tells(what)) return;
  output_buffer line(256);
  if (m_journal) line.append(fmt::format("<{}>", priority(what)));
  line.append(m_tool);
  line.append(": ");
  format::append_escaped(line, text);
  line.append('\n');
  write(line.view());
}

void messages::write(std::string_view text) {
  if (m_before_writing) m_before_writing();
  try {
    write_all(STDERR_FILENO, text, "stderr");
  } catch (const std::system_error&) {
    // There is nobody left to tell.
  }
}

}  // namespace logpipe::app
