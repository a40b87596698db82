#include "open_topic.hpp"

#include "common/wait.hpp"

#include <logpipe/base/nearest.hpp>
#include <logpipe/base/parse.hpp>
#include <logpipe/kafka/topics.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace logpipe::logtail {
namespace {

/// Brokers' default of max.message.bytes; what a producer is made for until the topic says
/// otherwise.
constexpr std::uint64_t usual_max_message_bytes = 1'048'588;
/// librdkafka counts a batch without some of its framing.
constexpr std::uint64_t batch_framing = 1024;
constexpr milliseconds patience_for_missing_topic{2000};
constexpr milliseconds question_slice{200};

/// Before the first record there is nothing to be delivered, only notices.
class notice_sink final : public kafka::delivery_sink {
public:
  explicit notice_sink(app::broker_watch& brokers) : m_brokers(brokers) {}
  void delivered(void*, std::size_t) override {}
  void failed(void*, std::string_view, kafka::error_code) override {}
  void failed(const kafka::outgoing_record&, kafka::error_code) override {}
  void heard(const kafka::notice& notice) override { m_brokers.heard(notice, clock::now()); }

private:
  app::broker_watch& m_brokers;
};

kafka::config settings_for(const plan& plan, std::uint64_t max_message_bytes) {
  kafka::config settings = plan.connection.settings;
  settings.set_default("message.max.bytes",
                       std::to_string(std::max(max_message_bytes, usual_max_message_bytes)));
  if (max_message_bytes < usual_max_message_bytes) {
    const auto most = std::max<std::uint64_t>(max_message_bytes, 2 * batch_framing) - batch_framing;
    const auto asked = parse_size(settings.get("batch.size").value_or("1000000"));
    settings.force("batch.size", std::to_string(std::min(most, asked.value_or(most))));
  }
  return settings;
}

std::unique_ptr<kafka::producer> producer_for(const plan& plan,
                                              std::uint64_t max_message_bytes) {
  return std::make_unique<kafka::producer>(settings_for(plan, max_message_bytes));
}

/// `made` for what topics usually take, or one that is made for what this topic takes.
std::unique_ptr<kafka::producer> fitted(std::unique_ptr<kafka::producer> made,
                                        const plan& plan) {
  const auto limit = kafka::max_message_bytes(made->handle(), plan.topic, milliseconds(1000));
  if (!limit || *limit == usual_max_message_bytes) return made;
  return producer_for(plan, *limit);
}

std::string missing_topic(const plan& plan, rd_kafka_s* handle) {
  std::string text =
      fmt::format("no topic \"{}\" on {}", plan.topic, plan.connection.settings.brokers());
  try {
    const auto known = kafka::list_topics(handle, milliseconds(1000));
    if (const auto meant = nearest(plan.topic, known)) {
      text += fmt::format("; did you mean \"{}\"?", *meant);
    }
  } catch (const kafka::kafka_error&) {
    // The name alone has to do.
  }
  return text;
}

/// The wait for a broker that knows the topic.
class opening {
public:
  opening(const plan& plan, app::messages& out, app::broker_watch& brokers,
          app::signal_watch& signals, std::optional<time_point> deadline)
      : m_plan(plan), m_out(out), m_brokers(brokers), m_signals(signals), m_deadline(deadline) {}

  /// One question to the broker; nothing while it does not answer.
  std::optional<kafka::topic_info> ask(kafka::producer& producer);
  /// Why to wait no longer after such an answer, already told; nothing: ask again.
  std::optional<not_opened> give_up(const std::optional<kafka::topic_info>& answer,
                                    kafka::producer& producer);
  void wait() const {
    app::wait_readable({m_signals.wake_fd()},
                       app::earlier(clock::now() + question_slice / 2, m_deadline));
  }

private:
  const plan& m_plan;
  app::messages& m_out;
  app::broker_watch& m_brokers;
  app::signal_watch& m_signals;
  std::optional<time_point> m_deadline;
  std::optional<time_point> m_missing_since;
  std::string m_servers = m_plan.connection.settings.brokers();
};

std::optional<kafka::topic_info> opening::ask(kafka::producer& producer) {
  notice_sink notices(m_brokers);
  try {
    auto answer = kafka::describe_topic(producer.handle(), m_plan.topic, question_slice);
    m_brokers.succeeded();
    return answer;
  } catch (const kafka::kafka_error& error) {
    // What librdkafka says by itself is more exact: a name that does not resolve, a refused
    // password.
    producer.serve(notices, milliseconds(0));
    const bool denied = error.kind() == kafka::failure::denied;
    if (denied || !m_brokers.in_outage()) {
      m_brokers.heard({denied ? kafka::notice::kind::denied : kafka::notice::kind::unreachable,
                       error.code(), kafka::text_of(error.code())},
                      clock::now());
    }
    return std::nullopt;
  }
}

std::optional<not_opened> opening::give_up(const std::optional<kafka::topic_info>& answer,
                                           kafka::producer& producer) {
  const time_point now = clock::now();
  if (m_signals.take() || m_signals.came()) {
    return not_opened{m_plan.bounded ? m_signals.code() : app::exit_code::incomplete};
  }
  const auto kind = answer ? kafka::classify(answer->error) : kafka::failure::none;
  if (kind == kafka::failure::denied) {
    m_out.error("topic \"{}\" on {}: {}", m_plan.topic, m_servers, kafka::text_of(answer->error));
    return not_opened{app::exit_code::failed};
  }
  if (m_brokers.denied()) {
    m_brokers.tell_denied();
    return not_opened{app::exit_code::failed};
  }
  if (kind == kafka::failure::missing) {
    if (!m_missing_since) m_missing_since = now;
    if (now - *m_missing_since >= patience_for_missing_topic) {
      m_out.error("{}", missing_topic(m_plan, producer.handle()));
      return not_opened{app::exit_code::failed};
    }
  }
  m_brokers.look(now);
  if (m_plan.bounded && m_brokers.waited_long_enough(now)) {
    m_brokers.tell_waited_long_enough();
    return not_opened{app::exit_code::incomplete};
  }
  if (m_deadline && now >= *m_deadline) {
    m_out.error("no answer about topic \"{}\" from {} within {}; nothing was sent", m_plan.topic,
                m_servers, format_duration(*m_plan.timeout));
    return not_opened{app::exit_code::incomplete};
  }
  return std::nullopt;
}

}  // namespace

std::variant<open_topic, not_opened> connect(const plan& plan, app::messages& out,
                                             app::broker_watch& brokers, app::signal_watch& signals,
                                             std::optional<time_point> deadline,
                                             const std::function<void()>& meanwhile) {
  open_topic opened;
  opened.producer = producer_for(plan, usual_max_message_bytes);
  opening opening(plan, out, brokers, signals, deadline);

  while (opened.partitions == 0) {
    const auto answer = opening.ask(*opened.producer);
    if (answer && answer->error == 0) {
      opened.partitions = static_cast<std::int32_t>(answer->partitions.size());
    } else if (const auto why = opening.give_up(answer, *opened.producer)) {
      return *why;
    } else {
      meanwhile();
      opening.wait();
    }
  }

  opened.producer = fitted(std::move(opened.producer), plan);
  return opened;
}

std::unique_ptr<kafka::producer> make_producer(const plan& plan) {
  return fitted(producer_for(plan, usual_max_message_bytes), plan);
}

}  // namespace logpipe::logtail
