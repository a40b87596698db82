#include "shipping.hpp"

#include "common/broker_watch.hpp"
#include "common/wait.hpp"
#include "connect.hpp"
#include "delivery.hpp"
#include "remembering.hpp"
#include "run_ending.hpp"
#include "run_limits.hpp"
#include "run_report.hpp"
#include "sources.hpp"
#include "tally.hpp"
#include "wording.hpp"

#include <logpipe/follow/follower.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <utility>

namespace logpipe::logtail {
namespace {

/// Chunks that are read before signals, limits and the files are looked at again.
constexpr int chunks_a_turn = 64;

/// One run: what the follower reads is delivered, until all is done or there is a reason to end.
class run {
public:
  /// `state`: null where no positions are kept.
  run(const plan& plan, app::messages& out, app::signal_watch& signals, state_file* state);

  app::exit_code operator()();

private:
  void leave_out_own_files();
  void tell(const follow::event& event);
  void take_news();
  void limit_lines();
  void turn();
  bool read_and_ship();
  void wait();
  void take_signal();
  bool everything_done() const { return m_follower.finished() && m_delivery.unfinished() == 0; }
  remembering* positions() { return m_positions ? &*m_positions : nullptr; }

  const plan& m_plan;
  app::messages& m_out;
  app::signal_watch& m_signals;
  wording m_words;
  app::broker_watch m_brokers;
  follow::follower m_follower;
  std::optional<remembering> m_positions;
  delivery m_delivery;
  tally m_tally;
  run_limits m_limits;
  run_report m_report;
  run_ending m_ending;
  /// What the follower has told and delivery has to know; not passed on from within the telling.
  std::vector<follow::event> m_news;
  bool m_more_to_read = true;
  /// A stream went on when a signal came.
  bool m_cut_short = false;
};

std::vector<follow::kept_generation> kept_in(const state_file* state) {
  return state == nullptr ? std::vector<follow::kept_generation>() : state->kept.generations;
}

run::run(const plan& plan, app::messages& out, app::signal_watch& signals, state_file* state)
    : m_plan(plan),
      m_out(out),
      m_signals(signals),
      m_words(out),
      m_brokers(plan.connection, out),
      m_follower(
          plan.follow, [this](const follow::event& event) { tell(event); }, kept_in(state)),
      m_positions(state == nullptr ? std::nullopt
                                   : std::make_optional<remembering>(*state, m_follower, out)),
      m_delivery({.of = plan,
                  .out = out,
                  .words = m_words,
                  .brokers = m_brokers,
                  .hold = [this](auto source, bool held) { m_follower.hold(source, held); },
                  .name_of = [this](auto generation) { return m_follower.name_of(generation); },
                  .positions = positions()}),
      m_limits(plan, m_follower, m_delivery, m_brokers),
      m_report(plan, out, m_follower, m_delivery, m_tally, m_brokers, positions()),
      m_ending({.of = plan,
                .out = out,
                .signals = signals,
                .words = m_words,
                .follower = m_follower,
                .delivered = m_delivery,
                .positions = positions()}) {}

app::exit_code run::operator()() {
  leave_out_own_files();
  const bool any = add_sources(
      m_follower, m_plan,
      [this](auto source, const std::string& path) { m_delivery.add_source(source, path); },
      [this](const follow::event& event) { tell(event); });
  take_news();
  if (!any) return app::exit_code::failed;
  if (kafka::weakens_delivery(m_plan.connection.settings)) {
    m_out.warning("acks other than all: lines can be lost or come twice when a broker fails");
  }
  auto connected = connect(m_plan, m_delivery.topics(), m_brokers, m_out, m_signals,
                           m_limits.deadline(), [this] {
                             m_follower.look(clock::now());
                             take_news();
                             if (m_positions) m_positions->serve(clock::now());
                             m_report.serve(clock::now());
                           });
  if (const auto* why = std::get_if<not_connected>(&connected)) {
    m_report.end();
    return m_ending.unconnected(why->code);
  }
  m_delivery.start(std::move(std::get<std::unique_ptr<kafka::producer>>(connected)));
  limit_lines();

  std::optional<app::exit_code> must_end;
  while (!everything_done() && !(must_end = m_limits.reached(clock::now(), m_more_to_read))) {
    turn();
  }
  m_report.end();
  return m_ending.connected(must_end.value_or(app::exit_code::success), m_cut_short);
}

/// The files that the command line has it write are never what it reads.
void run::leave_out_own_files() {
  if (const auto rejected = m_delivery.rejected()) m_follower.leave_out(*rejected);
  if (m_plan.metrics) {
    m_follower.leave_out(*m_plan.metrics);
    m_follower.leave_out(metrics_file::temporary_path(*m_plan.metrics));
  }
  if (m_plan.state) leave_out_state(m_follower, *m_plan.state);
}

void run::tell(const follow::event& event) {
  if (std::holds_alternative<follow::discovered>(event) ||
      std::holds_alternative<follow::ended>(event) ||
      std::holds_alternative<follow::generation_ended>(event)) {
    m_news.push_back(event);
  }
  if (m_positions) m_positions->note(event);
  m_tally.note(event);
  m_words.tell(event);
}

void run::take_news() {
  for (const auto& event : std::exchange(m_news, {})) {
    if (const auto* found = std::get_if<follow::discovered>(&event)) {
      m_delivery.add_source(found->source, follow::full_path(found->path));
    } else if (const auto* gone = std::get_if<follow::ended>(&event)) {
      m_delivery.remove_source(gone->source);
    } else if (const auto* over = std::get_if<follow::generation_ended>(&event)) {
      m_delivery.finished(over->generation);
    }
  }
}

/// Where nothing else was asked for, lines are cut to what the topics take.
void run::limit_lines() {
  if (m_plan.follow.long_lines != follow::long_lines::cut) return;
  const auto limit = most_of_a_line(m_delivery.topics().limits().smallest);
  if (m_plan.max_line_is_ours && limit < m_plan.follow.max_line) m_follower.limit_lines(limit);
}

void run::turn() {
  const time_point now = clock::now();
  m_follower.look(now);
  take_news();
  m_delivery.ask_topics(now);
  m_more_to_read = read_and_ship();
  if (everything_done()) return;
  if (!m_more_to_read) wait();
  take_signal();
  if (m_positions) m_positions->serve(clock::now());
  m_brokers.look(clock::now());
  m_report.serve(clock::now());
}

/// The way of every line: file, lines, records, broker; acknowledgements are taken on the way. True
/// when it stopped with more to read, so that signals and limits get their turn.
bool run::read_and_ship() {
  time_point now = clock::now();
  m_delivery.serve(now);
  int chunks = 0;
  while (chunks < chunks_a_turn && m_delivery.has_room() &&
         m_follower.read(m_delivery.chunk(), now)) {
    ++chunks;
    m_delivery.ship(now);
    now = clock::now();
    m_delivery.serve(now);
  }
  m_delivery.flush(now);
  return chunks == chunks_a_turn;
}

void run::wait() {
  const time_point now = clock::now();
  auto deadline = app::earlier(m_delivery.due(now), m_follower.next_look(now));
  deadline = app::earlier(deadline, m_limits.due());
  deadline = app::earlier(deadline, app::earlier(m_brokers.next_look(), m_report.due()));
  if (m_positions) deadline = app::earlier(deadline, m_positions->due());
  // Without room nothing is read: a pipe with unread bytes would keep the wait from waiting.
  const int follower_fd = m_delivery.has_room() ? m_follower.wake_fd() : -1;
  app::wait_readable({m_signals.wake_fd(), m_report.wake_fd(), m_delivery.wake_fd(), follower_fd},
                     deadline);
}

void run::take_signal() {
  if (!m_signals.take()) return;
  const time_point now = clock::now();
  m_cut_short = m_plan.reads_stdin() && !m_follower.finished();
  m_limits.stopping(now);
  m_follower.stop(now);
  take_news();
}

}  // namespace

app::exit_code ship_files(const plan& plan, app::messages& out, app::signal_watch& signals) {
  if (!plan.state) return run(plan, out, signals, nullptr)();
  auto opened = open_state(plan, out, signals);
  if (const auto* code = std::get_if<app::exit_code>(&opened)) return *code;
  return run(plan, out, signals, &std::get<state_file>(opened))();
}

}  // namespace logpipe::logtail
