#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace logpipe::app {

/// The tool's voice on stderr: one line per message, `logcat: no topic "tset" on ...`. Control
/// characters in it are escaped, so that a file name or a broker's answer stays on its line. Under
/// systemd (JOURNAL_STREAM is our stderr) each line begins with its syslog priority instead of
/// colour or words. For one thread.
class messages {
public:
  enum class level { error, warning, info, detail };

  explicit messages(std::string tool);

  /// Which levels are told. Default: up to info.
  void tell_up_to(level most) noexcept { m_most = most; }
  bool tells(level what) const noexcept { return what <= m_most; }

  /// Failures and losses; told even when quiet.
  template <typename... Args>
  void error(fmt::format_string<Args...> text, Args&&... args) {
    say(level::error, fmt::format(text, std::forward<Args>(args)...));
  }
  template <typename... Args>
  void warning(fmt::format_string<Args...> text, Args&&... args) {
    say(level::warning, fmt::format(text, std::forward<Args>(args)...));
  }
  template <typename... Args>
  void info(fmt::format_string<Args...> text, Args&&... args) {
    say(level::info, fmt::format(text, std::forward<Args>(args)...));
  }
  /// For --verbose.
  template <typename... Args>
  void detail(fmt::format_string<Args...> text, Args&&... args) {
    say(level::detail, fmt::format(text, std::forward<Args>(args)...));
  }
  void say(level what, std::string_view text);
  /// Text, whole lines of it, that is no message: it is written as it is, whatever is told.
  void write(std::string_view text);

  /// Called before anything is written: whoever draws on the same terminal takes that away.
  void before_writing(std::function<void()> clear) { m_before_writing = std::move(clear); }

private:
  std::string m_tool;
  level m_most = level::info;
  bool m_journal;
  std::function<void()> m_before_writing;
};

}  // namespace logpipe::app
