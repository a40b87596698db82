#include "terminal.hpp"

#include <sys/ioctl.h>

#include <cstdlib>
#include <string_view>

namespace logpipe::app {

std::size_t columns_of(int descriptor) {
  constexpr std::size_t usual = 80;
  winsize size{};
  return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

// Asking the C library would need setlocale(), and change more than this answer.
bool speaks_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* set = std::getenv(name);
    const std::string_view locale = set == nullptr ? "" : set;
    if (locale.empty()) continue;
    for (const char* word : {"UTF-8", "utf-8", "UTF8", "utf8"}) {
      if (locale.find(word) != std::string_view::npos) return true;
    }
    return false;
  }
  return false;
}

}  // namespace logpipe::app
