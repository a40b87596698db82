#include "run_context.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>
#include <poll.h>

#include <array>

namespace logpipe::logcat {

using app::exit_code;

run_context::run_context(const plan& plan, app::messages& messages, app::signal_watch& signals,
                         stdout_writer& output)
    : m_plan(plan),
      m_messages(messages),
      m_signals(signals),
      m_output(output),
      m_brokers(plan.connection, messages) {
  if (plan.selection.timeout) m_limit = clock::now() + *plan.selection.timeout;
}

milliseconds run_context::until_limit() const {
  if (!m_limit) return std::chrono::hours(24);
  return milliseconds(milliseconds_until(*m_limit, clock::now()));
}

milliseconds run_context::until_news() const {
  const auto due = m_brokers.news_due();
  if (!due) return std::chrono::hours(24);
  return milliseconds(milliseconds_until(*due, clock::now()));
}

bool run_context::told_to_end() {
  m_signals.take();
  return m_signals.came();
}

exit_code run_context::signal_code() const noexcept {
  return m_plan.bounded ? m_signals.code() : exit_code::success;
}

void run_context::end_at_limit() {
  m_messages.error("the time limit of {} has passed{}", format_duration(*m_plan.selection.timeout),
                   m_brokers.outage_suffix());
  throw run_ended{exit_code::incomplete};
}

// A question failed. What will not pass is thrown on; otherwise it is asked again, when the time
// that it had is over.
void run_context::bear(const kafka::kafka_error& error, kafka::reader* listen, time_point asked,
                       time_point until) {
  using kafka::failure;
  const failure kind = error.kind();
  if (kind != failure::unreachable && kind != failure::other) throw error;
  if (kind == failure::other) answered();  // with a no that may pass
  if (kind == failure::unreachable && !in_outage()) {
    m_brokers.heard({kafka::notice::kind::unreachable, error.code(), error.what()}, asked);
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
  wait({}, std::min(milliseconds(milliseconds_until(until, now)), until_limit()));
}

void run_context::heard(std::span<const kafka::notice> notices) {
  for (const auto& notice : notices) {
    m_brokers.heard(notice, clock::now());
    if (notice.what == kafka::notice::kind::fatal) {
      m_messages.error("{}", notice.text);
      throw run_ended{exit_code::failed};
    }
  }
  if (m_brokers.denied() && (m_plan.bounded || !ever_answered())) {
    m_brokers.tell_denied();
    throw run_ended{exit_code::failed};
  }
}

void run_context::watch_connection(time_point now) {
  m_brokers.look(now);
  if (m_plan.bounded && m_brokers.waited_long_enough(now)) {
    m_brokers.tell_waited_long_enough();
    throw run_ended{exit_code::incomplete};
  }
}

// What was written may be thrown away with the rest of the pipe, and what follows was not wanted.
void run_context::end_without_reader() {
  if (!m_plan.resuming.all_or_nothing()) throw run_ended{exit_code::success};
  m_messages.error("stdout's reader has gone before the end; no position is kept");
  throw run_ended{exit_code::failed};
}

void run_context::write(std::string_view text) {
  for (;;) {
    switch (m_output.write(text)) {
      case stdout_writer::outcome::written:
        return;
      case stdout_writer::outcome::closed:
        end_without_reader();
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

void run_context::wait(std::initializer_list<int> readable, milliseconds most) {
  std::array<pollfd, 5> watched{{{m_output.descriptor(), 0, 0},
                                 {m_signals.wake_fd(), POLLIN, 0},
                                 {-1, POLLIN, 0},
                                 {-1, POLLIN, 0},
                                 {-1, POLLIN, 0}}};
  auto next = watched.begin() + 2;
  for (const int descriptor : readable) {
    (next++)->fd = descriptor;
  }
  if (::poll(watched.data(), watched.size(), static_cast<int>(most.count())) <= 0) return;
  if (watched[0].revents != 0) end_without_reader();
}

}  // namespace logpipe::logcat
