#include "report_request.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace logpipe::app {

report_request::report_request() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGUSR1);
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  m_fd = fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!m_fd) throw_errno("signalfd");
}

bool report_request::take() {
  signalfd_siginfo info{};
  return ::read(m_fd.get(), &info, sizeof info) == sizeof info;
}

}  // namespace logpipe::app
