#include "standard_descriptors.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <initializer_list>

namespace logpipe::app {

void occupy_standard_descriptors() noexcept {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) >= 0) continue;
    // The lowest free number is given, which is this one. Reading and writing fail with EBADF, as
    // if it were closed; stdout and stderr cannot be opened anew for writing either.
    if (number == STDIN_FILENO) {
      ::open("/dev/null", O_WRONLY);
    } else {
      ::open("/", O_RDONLY | O_DIRECTORY);
    }
  }
}

}  // namespace logpipe::app
