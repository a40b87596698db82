#include "session.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>
#include <poll.h>

#include <array>

namespace logpipe::logcat {

using app::exit_code;

session::session(const plan& plan, app::messages& messages, app::signal_watch& signals,
                 stdout_writer& output)
    : m_plan(plan), m_messages(messages), m_signals(signals), m_output(output) {
  if (plan.timeout) m_limit = clock::now() + *plan.timeout;
}

milliseconds session::until_limit() const {
  if (!m_limit) return std::chrono::hours(24);
  return milliseconds(milliseconds_until(*m_limit, clock::now()));
}

bool session::told_to_end() {
  m_signals.take();
  return m_signals.came();
}

exit_code session::signal_code() const noexcept {
  return m_plan.bounded ? m_signals.code() : exit_code::success;
}

void session::end_at_limit() {
  m_messages.error("the time limit of {} has passed{}", format_duration(*m_plan.timeout),
                   in_outage()
                       ? fmt::format("; no broker was reached at {}: {}",
                                     m_plan.connection.settings.brokers(), m_connection.reason())
                       : "");
  throw run_ended{exit_code::incomplete};
}

// A question failed. What will not pass is thrown on; otherwise a moment later it is asked again.
void session::bear(const kafka::kafka_error& error, kafka::reader* listen, time_point asked) {
  using kafka::failure;
  const failure kind = error.kind();
  if (kind != failure::unreachable && kind != failure::other) throw error;
  if (kind == failure::unreachable && !in_outage()) {
    m_connection.heard({kafka::notice::kind::unreachable, error.code(), error.what()}, asked);
  }
  if (listen != nullptr) heard(listen->read(milliseconds(0)).notices);
  if (told_to_end()) throw run_ended{signal_code()};
  const time_point now = clock::now();
  if (timed_out(now)) end_at_limit();
  watch_connection(now);
  if (m_plan.bounded && now - asked >= m_plan.connection.connect_timeout) {
    m_messages.error("{}; gave up after {}", error.what(),
                     format_duration(m_plan.connection.connect_timeout));
    throw run_ended{exit_code::incomplete};
  }
  wait(-1, -1, std::min(milliseconds(100), until_limit()));
}

void session::heard(std::span<const kafka::notice> notices) {
  using kind = kafka::notice::kind;
  for (const auto& notice : notices) {
    m_connection.heard(notice, clock::now());
    const bool refused =
        notice.what == kind::denied && (m_plan.bounded || !m_connection.ever_succeeded());
    if (refused || notice.what == kind::fatal) {
      m_messages.error("{}", notice.text);
      throw run_ended{exit_code::failed};
    }
    m_messages.detail("{}", notice.text);
  }
}

void session::watch_connection(time_point now) {
  using news = kafka::connection_state::news;
  const std::string brokers = m_plan.connection.settings.brokers();
  switch (m_connection.take_news(now)) {
    case news::outage_began:
      m_messages.warning("no broker is reached at {}{}: {}", brokers,
                         m_plan.connection.files_read(), m_connection.reason());
      break;
    case news::outage_ended:
      m_messages.warning("{} answers again", brokers);
      break;
    case news::none:
      break;
  }
  const auto since = m_connection.down_since();
  const auto patience = m_plan.connection.connect_timeout;
  if (m_plan.bounded && since && now - *since >= patience) {
    m_messages.error("no broker was reached at {} for {}: {}", brokers, format_duration(patience),
                     m_connection.reason());
    throw run_ended{exit_code::incomplete};
  }
}

void session::write(std::string_view text) {
  for (;;) {
    switch (m_output.write(text)) {
      case stdout_writer::outcome::written:
        return;
      case stdout_writer::outcome::closed:
        throw run_ended{exit_code::success};
      case stdout_writer::outcome::blocked:
        break;
    }
    if (told_to_end()) throw run_ended{signal_code()};
    if (timed_out(clock::now())) end_at_limit();
    std::array<pollfd, 2> watched{
        {{m_output.descriptor(), POLLOUT, 0}, {m_signals.wake_fd(), POLLIN, 0}}};
    ::poll(watched.data(), watched.size(), static_cast<int>(until_limit().count()));
  }
}

void session::wait(int first, int second, milliseconds most) {
  std::array<pollfd, 4> watched{{{m_output.descriptor(), 0, 0},
                                 {m_signals.wake_fd(), POLLIN, 0},
                                 {first, POLLIN, 0},
                                 {second, POLLIN, 0}}};
  if (::poll(watched.data(), watched.size(), static_cast<int>(most.count())) <= 0) return;
  if (watched[0].revents != 0) throw run_ended{exit_code::success};
}

}  // namespace logpipe::logcat
