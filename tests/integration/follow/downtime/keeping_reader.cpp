#include "keeping_reader.hpp"

#include "../model/broken_promise.hpp"

#include <poll.h>

#include <algorithm>

namespace logpipe::follow::testing {

void keeping_reader::start() {
  m_model->starts(m_book.kept());
  const auto hear = [this](const event& told) { m_model->tells(told, m_book.hears(told)); };
  m_follower.emplace(m_options, hear, m_book.kept());
  for (const auto& log : m_logs->all()) {
    m_follower->add(m_logs->path(log.name), m_now);
  }
}

void keeping_reader::step(milliseconds time) {
  const time_point until = m_now + time;
  m_follower->look(m_now);
  drain();
  while (true) {
    const auto next = m_follower->next_look(m_now);
    if (!next || *next > until) break;
    m_now = std::max(m_now, *next);
    m_follower->look(m_now);
    drain();
  }
  m_now = until;
}

void keeping_reader::read_some(std::size_t chunks) {
  m_follower->look(m_now);
  while (chunks-- != 0 && read_once()) {
  }
}

void keeping_reader::acknowledge_and_keep(std::size_t chunks) {
  m_book.acknowledge(chunks);
  m_book.keep(*m_follower);
}

void keeping_reader::stop() {
  m_follower->stop(m_now);
  drain();
  m_follower->tell_partials();
  if (!m_follower->finished()) throw broken_promise("stopped, but not finished");
  m_model->require_all_given_or_told();
  acknowledge_and_keep(m_book.waiting());
  die();
}

void keeping_reader::die() {
  m_follower.reset();
  m_book.close();
}

void keeping_reader::drain() {
  while (read_once()) {
  }
}

bool keeping_reader::read_once() {
  if (!m_follower->read(m_chunk, m_now)) return false;
  if (m_chunk.lines.empty()) return true;
  m_model->gives(m_chunk);
  m_book.takes(m_chunk);
  return true;
}

}  // namespace logpipe::follow::testing
