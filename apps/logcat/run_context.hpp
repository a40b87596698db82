#pragma once

#include "common/broker_watch.hpp"
#include "common/exit_code.hpp"
#include "common/messages.hpp"
#include "common/signals.hpp"
#include "plan.hpp"
#include "printing/stdout_writer.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/connection.hpp>
#include <logpipe/kafka/error.hpp>
#include <logpipe/kafka/reader.hpp>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace logpipe::logcat {

/// Thrown to end the run from wherever it stands; what there was to say has been said.
struct run_ended {
  app::exit_code code;
};

/// What all stages of a run share: its limits and signals, its voice, its output, and whether its
/// brokers answer. Everything that waits, waits here. For one thread.
class run_context {
public:
  run_context(const plan& plan, app::messages& messages, app::signal_watch& signals,
              stdout_writer& output);

  app::messages& messages() noexcept { return m_messages; }

  /// Asks the brokers through question(timeout), again for as long as a failure may pass, in slices
  /// that leave room for signals. What it throws for good is thrown on; run_ended when the run's
  /// limits or a signal come first. `listen`: a reader that reads nothing yet, for what its handle
  /// says about the brokers meanwhile.
  template <typename Question>
  auto ask(kafka::reader* listen, Question&& question) {
    const time_point asked = clock::now();
    for (milliseconds slice = first_slice();;) {
      const time_point until = clock::now() + slice;
      try {
        auto answer = question(std::min({slice, until_limit(), until_news()}));
        m_brokers.succeeded();
        return answer;
      } catch (const kafka::kafka_error& error) {
        bear(error, listen, asked, until);
        // A slow broker gets more time; one that is away would only hold up the signals.
        slice = std::min(slice * 2, milliseconds(error.timed_out() ? 2000 : 250));
      }
    }
  }

  /// Notices of a handle. Throws run_ended for what ends the run.
  void heard(std::span<const kafka::notice> notices);
  /// Something came that only a broker sends.
  void answered() { m_brokers.succeeded(); }
  /// Tells of outages, and throws run_ended when one lasts too long for a bounded run.
  void watch_connection(time_point now);
  bool in_outage() const noexcept { return m_brokers.in_outage(); }
  bool ever_answered() const noexcept { return m_brokers.ever_succeeded(); }

  /// Writes all of `text`. Throws run_ended when the reader has gone (which is failure where the
  /// run counts as a whole), and when stdout is blocked at the time limit or when a signal comes.
  void write(std::string_view text);

  /// Waits until one of `readable` (at most three; -1: none) is, a signal comes, or `most` has
  /// passed. Throws run_ended when stdout's reader has gone.
  void wait(std::initializer_list<int> readable, milliseconds most);

  bool told_to_end();
  bool timed_out(time_point now) const noexcept { return m_limit && now >= *m_limit; }
  /// Says that --timeout has passed, and throws run_ended.
  [[noreturn]] void end_at_limit();
  /// What a run ends with that a signal cut short.
  app::exit_code signal_code() const noexcept;
  /// Time left until --timeout, a day where there is none.
  milliseconds until_limit() const;

private:
  [[noreturn]] void end_without_reader();
  /// Time left until an outage has to be told, a day where there is none.
  milliseconds until_news() const;
  /// While no broker has answered, librdkafka may have begun with one that refuses; it goes on to
  /// another when it is asked again.
  milliseconds first_slice() const { return milliseconds(ever_answered() ? 250 : 20); }
  void bear(const kafka::kafka_error& error, kafka::reader* listen, time_point asked,
            time_point until);

  const plan& m_plan;
  app::messages& m_messages;
  app::signal_watch& m_signals;
  stdout_writer& m_output;
  app::broker_watch m_brokers;
  std::optional<time_point> m_limit;
};

}  // namespace logpipe::logcat
