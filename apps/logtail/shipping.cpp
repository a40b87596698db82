#include "shipping.hpp"

#include "common/broker_watch.hpp"
#include "common/wait.hpp"
#include "open_topic.hpp"
#include "sources.hpp"
#include "wording.hpp"

#include <logpipe/base/parse.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/ship/shipper.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <map>

namespace logpipe::logtail {
namespace {

/// Chunks that are read before signals, limits and the files are looked at again.
constexpr int chunks_a_turn = 64;
/// How long a bounded run lets a partition hold that the broker does not know.
constexpr milliseconds patience_for_missing_partition{2000};

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

/// One run: lines go from the follower through the shipper to the broker.
class run {
public:
  run(const plan& plan, app::messages& out, app::signal_watch& signals)
      : m_plan(plan),
        m_out(out),
        m_signals(signals),
        m_words(out, plan.topic),
        m_brokers(plan.connection, out),
        m_follower(plan.follow, [this](const follow::event& event) { m_words.tell(event); }) {
    if (plan.timeout) m_deadline = clock::now() + *plan.timeout;
  }

  app::exit_code operator()();

private:
  void start(open_topic opened);
  void turn();
  bool read_and_ship();
  void wait();
  void take_signal();
  void tell(const ship::event& event);
  bool everything_done() const { return m_follower.finished() && m_shipper->unfinished() == 0; }
  std::optional<app::exit_code> reason_to_end(time_point now);
  app::exit_code end_unopened(const not_opened& why);
  app::exit_code end(app::exit_code code);

  const plan& m_plan;
  app::messages& m_out;
  app::signal_watch& m_signals;
  wording m_words;
  app::broker_watch m_brokers;
  follow::follower m_follower;
  std::optional<ship::shipper> m_shipper;
  ship::parcel m_parcel;
  std::vector<std::string> m_paths;
  std::uint64_t m_delivered_before = 0;
  std::optional<time_point> m_deadline;
  std::optional<time_point> m_stop_deadline;
  /// Partitions that do not take their lines: why, and since when.
  struct hold {
    kafka::failure why;
    time_point since;
  };
  std::map<std::int32_t, hold> m_held;
  bool m_cut_short = false;
};

void run::start(open_topic opened) {
  auto first = std::make_shared<std::unique_ptr<kafka::producer>>(std::move(opened.producer));
  const auto make_sender = [this, first] {
    return std::unique_ptr<kafka::record_sender>(*first ? std::move(*first)
                                                        : make_producer(m_plan));
  };
  m_shipper.emplace(ship::shipper::options{m_plan.memory, m_plan.routing, host_name(), nullptr},
                    make_sender, [this](const ship::event& event) { tell(event); });
  const auto topic = m_shipper->add_topic(m_plan.topic);
  m_shipper->partitions_counted(topic, opened.partitions);
  for (follow::source_id source = 0; source < m_paths.size(); ++source) {
    m_shipper->add_source(source, topic, m_paths[source]);
  }
  m_parcel.key = m_plan.key ? bytes(*m_plan.key) : std::nullopt;
}

app::exit_code run::operator()() {
  m_paths = add_sources(m_follower, m_plan.paths,
                        [this](const follow::event& event) { m_words.tell(event); });
  if (m_paths.empty()) return app::exit_code::failed;
  if (kafka::weakens_delivery(m_plan.connection.settings)) {
    m_out.warning("acks other than all: lines can be lost or come twice when a broker fails");
  }
  auto opened = connect(m_plan, m_out, m_brokers, m_signals, m_deadline,
                        [this] { m_follower.look(clock::now()); });
  if (const auto* why = std::get_if<not_opened>(&opened)) return end_unopened(*why);
  auto& topic = std::get<open_topic>(opened);
  if (m_plan.routing.how == ship::routing::kind::fixed &&
      m_plan.routing.partition >= topic.partitions) {
    m_out.error("-p: topic \"{}\" has no partition {}; it has {}", m_plan.topic,
                m_plan.routing.partition, topic.partitions);
    return app::exit_code::failed;
  }
  start(std::move(topic));

  while (!everything_done()) {
    if (const auto code = reason_to_end(clock::now())) return end(*code);
    turn();
  }
  return end(app::exit_code::success);
}

void run::turn() {
  m_follower.look(clock::now());
  const bool more = read_and_ship();
  if (everything_done()) return;
  if (!more) wait();
  take_signal();
  m_brokers.look(clock::now());
}

/// The way of every line: file, lines, batch, broker; acknowledgements are taken on the way. True
/// when it stopped with more to read, so that signals and limits get their turn.
bool run::read_and_ship() {
  time_point now = clock::now();
  m_shipper->serve(milliseconds(0), now);
  bool more = true;
  for (int chunks = 0; chunks < chunks_a_turn; ++chunks) {
    more = m_shipper->has_room() && m_follower.read(m_parcel.chunk, now);
    if (!more) break;
    if (!m_parcel.chunk.lines.empty()) m_shipper->ship(m_parcel, now);
    now = clock::now();
    m_shipper->serve(milliseconds(0), now);
  }
  if (m_shipper->counted().delivered != m_delivered_before) {
    m_delivered_before = m_shipper->counted().delivered;
    m_brokers.succeeded();
  }
  return more;
}

void run::wait() {
  const time_point now = clock::now();
  auto deadline = app::earlier(m_shipper->next_try(now), m_follower.next_look(now));
  deadline = app::earlier(deadline, app::earlier(m_deadline, m_stop_deadline));
  deadline = app::earlier(deadline, m_brokers.next_look());
  // Without room nothing is read: a pipe with unread bytes would keep the wait from waiting.
  const int follower_fd = m_shipper->has_room() ? m_follower.wake_fd() : -1;
  app::wait_readable({m_signals.wake_fd(), m_shipper->wake_fd(), follower_fd}, deadline);
}

void run::take_signal() {
  if (!m_signals.take()) return;
  const time_point now = clock::now();
  m_cut_short = m_plan.reads_stdin() && !m_follower.finished();
  m_stop_deadline = now + m_plan.stop_timeout;
  m_follower.stop(now);
}

void run::tell(const ship::event& event) {
  if (const auto* passed = std::get_if<ship::passed_over>(&event)) {
    m_words.tell(*passed, m_follower.name_of(passed->generation));
  } else if (const auto* held = std::get_if<ship::held>(&event)) {
    m_held.try_emplace(held->partition, hold{kafka::classify(held->error), clock::now()});
    m_words.tell(*held);
  } else if (const auto* resumed = std::get_if<ship::resumed>(&event)) {
    m_held.erase(resumed->partition);
    m_words.tell(*resumed);
  } else if (const auto* replaced = std::get_if<ship::sender_replaced>(&event)) {
    m_words.tell(*replaced);
  } else if (const auto* refitted = std::get_if<ship::sender_refitted>(&event)) {
    m_words.tell(*refitted);
  } else if (const auto* notice = std::get_if<kafka::notice>(&event)) {
    m_brokers.heard(*notice, clock::now());
  }
}

/// Why the run must end now though not all is done; nothing: go on.
std::optional<app::exit_code> run::reason_to_end(time_point now) {
  if (m_deadline && now >= *m_deadline) return app::exit_code::incomplete;
  if (m_stop_deadline && now >= *m_stop_deadline) return app::exit_code::incomplete;
  const bool before_success = !m_brokers.ever_succeeded();
  if (m_brokers.denied() && (m_plan.bounded || before_success)) {
    m_brokers.tell_denied();
    return app::exit_code::failed;
  }
  if (!m_plan.bounded) return std::nullopt;
  if (m_brokers.waited_long_enough(now)) {
    m_brokers.tell_waited_long_enough();
    return app::exit_code::incomplete;
  }
  for (const auto& [partition, held] : m_held) {
    const bool for_good = held.why == kafka::failure::denied || held.why == kafka::failure::invalid;
    const bool missing =
        held.why == kafka::failure::missing && now - held.since >= patience_for_missing_partition;
    if (for_good || missing) return app::exit_code::failed;
  }
  return std::nullopt;
}

/// A follower that is told to end before a broker was found has lost nothing where nothing came.
app::exit_code run::end_unopened(const not_opened& why) {
  if (m_plan.bounded || !m_signals.came()) return why.code;
  m_follower.stop(clock::now());
  const std::uint64_t unread = m_follower.unread_bytes();
  if (unread == 0) return app::exit_code::success;
  m_out.error("no line was shipped to {}; {} bytes not read are left", m_plan.topic, unread);
  return app::exit_code::incomplete;
}

/// Says what became of the lines, and settles the exit code.
app::exit_code run::end(app::exit_code code) {
  m_follower.tell_partials();
  const auto counted = m_shipper->counted();
  const std::uint64_t unread = m_follower.unread_bytes();
  const bool left = m_shipper->unfinished() > 0 || unread > 0;
  if (left && code != app::exit_code::success) {
    m_out.error("{} lines shipped to {}; {} lines not confirmed and {} bytes not read are left",
                counted.delivered, m_plan.topic, m_shipper->unfinished(), unread);
  } else {
    m_out.info("{} lines shipped to {}", counted.delivered, m_plan.topic);
  }
  if (!m_plan.bounded && !left && code == app::exit_code::incomplete)
    code = app::exit_code::success;
  if (m_plan.bounded && m_words.anything_lost()) code = worse(code, app::exit_code::failed);
  if (m_plan.bounded && m_signals.came() && (m_cut_short || left)) {
    code = worse(code, m_signals.code());
  }
  return code;
}

}  // namespace

app::exit_code ship_files(const plan& plan, app::messages& out, app::signal_watch& signals) {
  return run(plan, out, signals)();
}

}  // namespace logpipe::logtail
