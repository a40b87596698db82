#include "run_report.hpp"

#include "common/wait.hpp"

#include <unistd.h>

#include <chrono>

namespace logpipe::logtail {
namespace {

std::int64_t wall_time(std::chrono::system_clock::time_point when) {
  return std::chrono::duration_cast<milliseconds>(when.time_since_epoch()).count();
}

milliseconds since(time_point when) {
  return std::chrono::duration_cast<milliseconds>(clock::now() - when);
}

}  // namespace

run_report::run_report(const plan& plan, app::messages& out, const follow::follower& follower,
                       const delivery& delivery, const tally& tally,
                       const app::broker_watch& brokers, const remembering* positions)
    : m_plan(plan),
      m_follower(follower),
      m_delivery(delivery),
      m_tally(tally),
      m_brokers(brokers),
      m_positions(positions),
      m_statistics(
          {.stats = plan.stats, .metrics = plan.metrics}, out, [this] { return collect(); },
          clock::now()) {
  if (plan.progress) m_progress.emplace("logtail", STDERR_FILENO, out);
}

run_statistics run_report::collect() const {
  const auto now = std::chrono::system_clock::now();
  run_statistics all;
  all.topic = m_plan.topic_text;
  all.version = LOGPIPE_VERSION;
  all.time = wall_time(now);
  all.lag_bytes = m_follower.unread_bytes();
  all.lost_bytes = m_tally.lost_bytes();
  all.sources = m_follower.sources();
  all.held_deleted_bytes = m_follower.held_deleted_bytes();
  all.unreadable_sources = m_tally.unreadable();
  all.broker_up = m_brokers.ever_succeeded() && !m_brokers.in_outage();
  if (m_positions != nullptr) {
    all.state_errors = m_positions->errors();
    all.lines_sent_again = m_positions->lines_sent_again();
  }
  if (!m_delivery.started()) return all;

  const ship::shipper& shipper = m_delivery.shipped();
  const auto counted = shipper.counted();
  all.lag_bytes += shipper.unfinished_bytes();
  if (const auto oldest = shipper.oldest()) all.oldest_line_age = since(*oldest);
  if (const auto last = shipper.last_acknowledgement()) {
    all.last_acknowledgement = wall_time(now - since(*last));
  }
  all.lines = counted.delivered;
  all.bytes = counted.bytes;
  all.refused_lines = counted.refused;
  all.lines_sent_again += counted.sent_again;
  all.records_in_flight = shipper.unfinished();
  return all;
}

app::progress run_report::how_far() const {
  const run_statistics now = collect();
  return {
      .bytes = now.bytes,
      .total_bytes = m_plan.follow.once ? std::optional(now.bytes + now.lag_bytes) : std::nullopt,
      .share = {},
      .items = now.lines,
      .noun = "lines"};
}

void run_report::serve(time_point now) {
  if (m_request.take()) m_statistics.tell();
  m_statistics.serve(now);
  if (m_progress && m_progress->next() <= now) m_progress->show(how_far(), now);
}

std::optional<time_point> run_report::due() const {
  const auto next_line = m_progress ? std::optional(m_progress->next()) : std::nullopt;
  return app::earlier(m_statistics.due(), next_line);
}

void run_report::end() {
  m_statistics.end();
  m_progress.reset();
}

}  // namespace logpipe::logtail
