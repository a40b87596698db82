#include "connect.hpp"

#include "common/wait.hpp"

#include <logpipe/base/parse.hpp>

#include <algorithm>

namespace logpipe::logtail {
namespace {

/// librdkafka counts a batch without some of its framing.
constexpr std::uint64_t batch_framing = 1024;
constexpr milliseconds between_questions{100};

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

/// What librdkafka says by itself is more exact than the question's error: a name that does not
/// resolve, a refused password.
void hear_why(kafka::producer& producer, kafka::error_code error, app::broker_watch& brokers) {
  notice_sink notices(brokers);
  producer.serve(notices, milliseconds(0));
  const bool denied = kafka::classify(error) == kafka::failure::denied;
  if (!denied && brokers.in_outage()) return;
  brokers.heard({denied ? kafka::notice::kind::denied : kafka::notice::kind::unreachable, error,
                 kafka::text_of(error)},
                clock::now());
}

std::unique_ptr<kafka::producer> producer_for(const plan& plan,
                                              const topic_book::message_limits& limits) {
  kafka::config settings = plan.connection.settings;
  const auto largest =
      std::max<std::uint64_t>(limits.largest, plan.follow.max_line + batch_framing);
  settings.set_default("message.max.bytes", std::to_string(largest));
  const auto most = most_of_a_line(limits.smallest);
  const auto asked = parse_size(settings.get("batch.size").value_or("1000000"));
  settings.force("batch.size", std::to_string(std::min(most, asked.value_or(most))));
  return std::make_unique<kafka::producer>(settings);
}

bool is_same(const topic_book::message_limits& one, const topic_book::message_limits& other) {
  return one.smallest == other.smallest && one.largest == other.largest;
}

}  // namespace

std::variant<std::unique_ptr<kafka::producer>, not_connected> connect(
    const plan& plan, topic_book& topics, app::broker_watch& brokers, app::messages& out,
    app::signal_watch& signals, std::optional<time_point> deadline,
    const std::function<void()>& meanwhile) {
  const auto usual = topics.limits();
  auto producer = producer_for(plan, usual);
  while (true) {
    topics.ask(producer->handle(), clock::now());
    if (topics.unanswered()) hear_why(*producer, *topics.unanswered(), brokers);

    const time_point now = clock::now();
    if (signals.take() || signals.came()) {
      return not_connected{plan.bounded ? signals.code() : app::exit_code::incomplete};
    }
    if (brokers.denied()) {
      brokers.tell_denied();
      return not_connected{app::exit_code::failed};
    }
    const bool nothing_to_send_to = topics.failing() == topics.size() && topics.size() > 0;
    if (nothing_to_send_to && (plan.bounded || !plan.topic.varies_by_source())) {
      return not_connected{app::exit_code::failed};
    }
    if (topics.settled()) break;
    brokers.look(now);
    if (plan.bounded && brokers.waited_long_enough(now)) {
      brokers.tell_waited_long_enough();
      return not_connected{app::exit_code::incomplete};
    }
    if (deadline && now >= *deadline) {
      out.error("no answer about topic \"{}\" from {} within {}; nothing was sent", plan.topic_text,
                plan.connection.settings.brokers(), format_duration(*plan.timeout));
      return not_connected{app::exit_code::incomplete};
    }
    meanwhile();
    app::wait_readable({signals.wake_fd()}, app::earlier(now + between_questions, deadline));
  }
  if (is_same(topics.limits(), usual)) return producer;
  return producer_for(plan, topics.limits());
}

std::size_t most_of_a_line(std::uint64_t max_message_bytes) {
  return std::max<std::uint64_t>(max_message_bytes, 2 * batch_framing) - batch_framing;
}

std::unique_ptr<kafka::producer> make_producer(const plan& plan, topic_book& topics) {
  const auto before = topics.limits();
  auto producer = producer_for(plan, before);
  topics.ask_limits(producer->handle());
  if (!is_same(topics.limits(), before)) producer = producer_for(plan, topics.limits());
  return producer;
}

}  // namespace logpipe::logtail
