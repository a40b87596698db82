#include "open_topic.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <common/wait.hpp>
#include <logpipe/base/nearest.hpp>
#include <logpipe/base/parse.hpp>
#include <logpipe/kafka/topics.hpp>

namespace logpipe::app {
namespace {

/// Brokers' default of max.message.bytes; what a producer is made for until the topic says otherwise.
constexpr std::uint64_t usual_max_message_bytes = 1'048'588;
/// librdkafka counts a batch without some of its framing.
constexpr std::uint64_t batch_framing = 1024;
constexpr milliseconds patience_for_missing_topic{2000};
constexpr milliseconds question_slice{200};

/// Before the first record there is nothing to be delivered, only notices.
class notice_sink final : public kafka::delivery_sink {
 public:
  explicit notice_sink(broker_watch& brokers) : m_brokers(brokers) {}
  void delivered(void*, std::size_t) override {}
  void failed(void*, std::string_view, kafka::error_code) override {}
  void heard(const kafka::notice& notice) override { m_brokers.heard(notice, clock::now()); }

 private:
  broker_watch& m_brokers;
};

kafka::config settings_for(const logtail_plan& plan, std::uint64_t max_message_bytes) {
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

std::string missing_topic(const logtail_plan& plan, rd_kafka_s* handle) {
  std::string text = fmt::format("no topic \"{}\" on {}", plan.topic,
                                 plan.connection.settings.brokers());
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

/// One question to the broker; nothing while there is no answer.
std::optional<kafka::topic_info> ask(kafka::producer& producer, const std::string& topic,
                                     broker_watch& brokers) {
  try {
    auto info = kafka::describe_topic(producer.handle(), topic, question_slice);
    brokers.succeeded();
    return info;
  } catch (const kafka::kafka_error& error) {
    const bool denied = error.kind() == kafka::failure::denied;
    brokers.heard({denied ? kafka::notice::kind::denied : kafka::notice::kind::unreachable,
                   error.code(), kafka::text_of(error.code())},
                  clock::now());
    return std::nullopt;
  }
}

}  // namespace

std::variant<open_topic, not_opened> connect(const logtail_plan& plan, messages& out,
                                             broker_watch& brokers, signal_watch& signals,
                                             std::optional<time_point> deadline,
                                             const std::function<void()>& meanwhile) {
  open_topic opened;
  opened.settings = settings_for(plan, usual_max_message_bytes);
  opened.producer = std::make_unique<kafka::producer>(opened.settings, plan.topic);
  notice_sink notices(brokers);
  std::optional<time_point> missing_since;

  while (true) {
    const auto info = ask(*opened.producer, plan.topic, brokers);
    const time_point now = clock::now();
    opened.producer->serve(notices, milliseconds(0));
    if (info && info->error == 0 && !info->partitions.empty()) {
      opened.partitions = static_cast<std::int32_t>(info->partitions.size());
      break;
    }
    if (signals.take() || signals.came()) return not_opened{signals.code()};
    const auto kind = info ? kafka::classify(info->error) : kafka::failure::none;
    if (kind == kafka::failure::denied) {
      out.error("topic \"{}\" on {}: {}", plan.topic, plan.connection.settings.brokers(),
                kafka::text_of(info->error));
      return not_opened{exit_code::failed};
    }
    if (brokers.denied()) {
      out.error("{} refuses us: {}", plan.connection.settings.brokers(), *brokers.denied());
      return not_opened{exit_code::failed};
    }
    if (kind == kafka::failure::missing) {
      if (!missing_since) missing_since = now;
      if (now - *missing_since >= patience_for_missing_topic) {
        out.error("{}", missing_topic(plan, opened.producer->handle()));
        return not_opened{exit_code::failed};
      }
    }
    brokers.look(now);
    const bool too_long = plan.bounded && brokers.waited_long_enough(now);
    if (too_long || (deadline && now >= *deadline)) {
      out.error("no answer from {} within {}; nothing was sent", plan.connection.settings.brokers(),
                format_duration(too_long ? plan.connection.connect_timeout : *plan.timeout));
      return not_opened{exit_code::incomplete};
    }
    meanwhile();
    wait_readable({signals.wake_fd()}, earlier(now + question_slice / 2, deadline));
  }

  const auto limit =
      kafka::max_message_bytes(opened.producer->handle(), plan.topic, milliseconds(1000));
  if (limit && *limit != usual_max_message_bytes) {
    opened.settings = settings_for(plan, *limit);
    opened.producer = std::make_unique<kafka::producer>(opened.settings, plan.topic);
  }
  return opened;
}

}  // namespace logpipe::app
