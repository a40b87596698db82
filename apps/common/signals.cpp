#include "signals.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace logpipe::app {
namespace {

sigset_t ending_signals() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGINT);
  ::sigaddset(&set, SIGTERM);
  struct sigaction hangup {};
  ::sigaction(SIGHUP, nullptr, &hangup);
  if (hangup.sa_handler != SIG_IGN) ::sigaddset(&set, SIGHUP);
  return set;
}

/// Runs for the second signal. Only async-signal-safe calls here.
extern "C" void end_at_once(int signal) {
  ::_exit(signal == SIGINT ? 130 : 143);
}

}  // namespace

signal_watch::signal_watch() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  const sigset_t set = ending_signals();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  m_fd = fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!m_fd) throw_errno("signalfd");
}

std::optional<int> signal_watch::take() {
  if (m_taken) return std::nullopt;
  signalfd_siginfo info{};
  if (::read(m_fd.get(), &info, sizeof info) != sizeof info) return std::nullopt;
  m_taken = static_cast<int>(info.ssi_signo);

  const sigset_t set = ending_signals();
  struct sigaction action {};
  action.sa_handler = end_at_once;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    if (::sigismember(&set, signal) == 1) ::sigaction(signal, &action, nullptr);
  }
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  return m_taken;
}

exit_code signal_watch::code() const noexcept {
  return m_taken == SIGINT ? exit_code::interrupted : exit_code::terminated;
}

}  // namespace logpipe::app
