#include "model_reader.hpp"

#include <poll.h>

#include <algorithm>
#include <chrono>

namespace logpipe::follow::testing {

using namespace std::chrono_literals;

void model_reader::start(const std::vector<std::string>& logs) {
  m_follower.emplace(m_options, [this](const event& told) { m_model->tells(told); });
  for (const auto& log : logs) {
    m_model->add_log(log, m_now);
    m_follower->add(m_directory + "/" + log, m_now);
  }
  m_model->looks(true, true);
  drain();
}

void model_reader::model_looks(milliseconds time) {
  m_model->looks(time >= sure_look(), m_options.poll ? time >= sure_look() : time >= 5s);
}

void model_reader::step(milliseconds time) {
  model_looks(time);
  const time_point until = m_now + time;
  m_follower->look(m_now);
  drain();  // and what was left when it was held up
  while (true) {
    const auto next = m_follower->next_look(m_now);
    if (!next || *next > until) break;
    m_now = std::max(m_now, *next);
    m_follower->look(m_now);
    drain();
    look_if_woken();
  }
  m_now = until;
  m_model->time_passed(m_now, true);
  if (time >= sure_look()) m_model->require_begun_given();
}

void model_reader::look_if_woken() {
  pollfd wake{.fd = m_follower->wake_fd(), .events = POLLIN, .revents = 0};
  while (::poll(&wake, 1, 0) > 0) {
    m_follower->look(m_now);
    drain();
  }
}

void model_reader::held_up_step(milliseconds time, int chunks) {
  model_looks(time);
  m_now += time;
  m_follower->look(m_now);
  while (chunks-- > 0 && read_once()) {
  }
  m_model->time_passed(m_now, chunks >= 0);
}

void model_reader::stop() {
  m_model->stops();
  m_follower->stop(m_now);
  drain();
  m_follower->tell_partials();
  if (!m_follower->finished()) throw broken_promise("stopped, but not finished");
}

void model_reader::look_once_more() {
  m_follower->look(m_now);
  drain();
}

void model_reader::drain() {
  while (read_once()) {
  }
}

bool model_reader::read_once() {
  if (!m_follower->read(m_chunk, m_now)) return false;
  if (!m_chunk.lines.empty()) m_model->gives(m_chunk, m_now);
  return true;
}

}  // namespace logpipe::follow::testing
