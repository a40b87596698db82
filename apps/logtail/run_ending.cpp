#include "run_ending.hpp"

namespace logpipe::logtail {

/// A follower that is told to end before a broker was found has lost nothing where nothing came.
app::exit_code run_ending::unconnected(app::exit_code code) {
  const plan& plan = m_around.of;
  if (plan.bounded || !m_around.signals.came()) return keep_positions(code);
  m_around.follower.stop(clock::now());
  const std::uint64_t unread = m_around.follower.unread_bytes();
  if (unread == 0) return keep_positions(app::exit_code::success);
  if (next_run_goes_on()) {
    m_around.out.warning(
        "no line was shipped to {}; {} bytes not read wait, the next run goes on there",
        plan.topic_text, unread);
    return keep_positions(app::exit_code::success);
  }
  m_around.out.error("no line was shipped to {}; {} bytes not read are left", plan.topic_text,
                     unread);
  return app::exit_code::incomplete;
}

app::exit_code run_ending::connected(app::exit_code code, bool cut_short) {
  const plan& plan = m_around.of;
  m_around.follower.tell_partials();
  const std::uint64_t unread = m_around.follower.unread_bytes();
  const bool left = m_around.delivered.unfinished() > 0 || unread > 0;
  if (left && (code != app::exit_code::success || next_run_goes_on())) {
    code = tell_left(code, unread);
  } else {
    m_around.out.info("{} lines shipped to {}", m_around.delivered.shipped().delivered_records(),
                      plan.topic_text);
  }
  if (!plan.bounded) {
    // A time limit that left nothing behind has cut nothing short.
    if (!left && code == app::exit_code::incomplete) code = app::exit_code::success;
    return keep_positions(code);
  }
  if (m_around.words.anything_lost()) code = worse(code, app::exit_code::failed);
  if (m_around.signals.came() && (cut_short || left)) code = worse(code, m_around.signals.code());
  return keep_positions(code);
}

/// What waits for the next run is not left behind.
app::exit_code run_ending::tell_left(app::exit_code code, std::uint64_t unread) {
  const auto shipped = m_around.delivered.shipped().delivered_records();
  const auto unconfirmed = m_around.delivered.unfinished();
  const std::string& topic = m_around.of.topic_text;
  if (!next_run_goes_on()) {
    m_around.out.error(
        "{} lines shipped to {}; {} lines not confirmed and {} bytes not read are "
        "left",
        shipped, topic, unconfirmed, unread);
    return code;
  }
  m_around.out.warning(
      "{} lines shipped to {}; {} lines not confirmed and {} bytes not read wait, the next run "
      "goes on there",
      shipped, topic, unconfirmed, unread);
  return code == app::exit_code::incomplete ? app::exit_code::success : code;
}

bool run_ending::next_run_goes_on() const {
  return m_around.positions != nullptr && !m_around.of.bounded && m_around.signals.came();
}

app::exit_code run_ending::keep_positions(app::exit_code code) {
  const bool kept = m_around.positions == nullptr || m_around.positions->end();
  return kept ? code : worse(code, app::exit_code::failed);
}

}  // namespace logpipe::logtail
