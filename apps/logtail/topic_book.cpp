#include "topic_book.hpp"

#include "common/wait.hpp"

#include <logpipe/base/nearest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace logpipe::logtail {
namespace {

/// Brokers' default of max.message.bytes.
constexpr std::uint64_t usual_max_message_bytes = 1'048'588;
/// Brokers that make topics by themselves say "unknown" at first.
constexpr milliseconds patience{2000};
constexpr milliseconds answer_time{200};
constexpr milliseconds first_interval{100};
constexpr milliseconds failing_interval{1000};
constexpr milliseconds admin_time{5000};

}  // namespace

std::size_t topic_book::number_for(const std::string& source_path) {
  const std::string source = std::filesystem::path(source_path).filename();
  std::string name = m_plan.topic.topic_for(source, m_plan.composition.host);
  const auto [known, is_new] = m_numbers.try_emplace(std::move(name), m_topics.size());
  if (is_new) m_topics.push_back({.name = known->first});
  return known->second;
}

std::vector<std::size_t> topic_book::ask(rd_kafka_s* handle, time_point now) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < m_topics.size(); ++i) {
    listing& asked = m_topics[i];
    if (asked.partitions > 0 || asked.next_question > now) continue;
    const auto told = describe(handle, asked);
    if (!told) {
      asked.next_question = now + first_interval;
      break;  // the others would not be answered either
    }
    switch (kafka::classify(told->error)) {
      case kafka::failure::none:
        opened(asked, *told, handle);
        open.push_back(i);
        break;
      case kafka::failure::missing:
        missing(asked, handle, now);
        break;
      case kafka::failure::denied:
        fail(asked,
             fmt::format("topic \"{}\" on {}: {}", asked.name, m_plan.connection.settings.brokers(),
                         kafka::text_of(told->error)),
             now);
        break;
      default:
        asked.next_question = now + first_interval;
    }
  }
  return open;
}

/// Nothing while no broker answers.
std::optional<kafka::topic_info> topic_book::describe(rd_kafka_s* handle, const listing& asked) {
  try {
    auto answer = kafka::describe_topic(handle, asked.name, answer_time);
    m_brokers.succeeded();
    m_unanswered.reset();
    return answer;
  } catch (const kafka::kafka_error& error) {
    m_unanswered = error.code();
    return std::nullopt;
  }
}

void topic_book::opened(listing& which, const kafka::topic_info& told, rd_kafka_s* handle) {
  which.partitions = static_cast<std::int32_t>(told.partitions.size());
  which.max_message_bytes = kafka::max_message_bytes(handle, which.name, milliseconds(1000));
  which.missing_since.reset();
  if (std::exchange(which.failing, false)) {
    m_out.warning("topic \"{}\": is there now; its lines are sent", which.name);
  }
}

void topic_book::missing(listing& which, rd_kafka_s* handle, time_point now) {
  if (m_plan.create_topic && !which.missing_since) make(which, handle, now);
  if (!which.missing_since) which.missing_since = now;
  const bool long_missing = now - *which.missing_since >= patience;
  which.next_question = now + (long_missing ? failing_interval : first_interval);
  if (long_missing && !which.failing) fail(which, not_there(which, handle), now);
}

/// It is asked for again at once; a broker may need a moment to know it.
void topic_book::make(listing& which, rd_kafka_s* handle, time_point now) {
  kafka::new_topic wanted = *m_plan.create_topic;
  wanted.name = which.name;
  try {
    kafka::create_topic(handle, wanted, admin_time);
    m_out.info("topic \"{}\": made", which.name);
  } catch (const kafka::kafka_error& error) {
    if (error.timed_out()) return;
    fail(which, error.what(), now);
  }
}

void topic_book::fail(listing& which, const std::string& why, time_point now) {
  which.next_question = now + failing_interval;
  if (!std::exchange(which.failing, true)) m_out.error("{}", why);
}

std::string topic_book::not_there(const listing& which, rd_kafka_s* handle) const {
  std::string text =
      fmt::format("no topic \"{}\" on {}", which.name, m_plan.connection.settings.brokers());
  try {
    const auto known = kafka::list_topics(handle, milliseconds(1000));
    if (const auto meant = nearest(which.name, known)) {
      text += fmt::format("; did you mean \"{}\"?", *meant);
    }
  } catch (const kafka::kafka_error&) {
    // The name alone has to do.
  }
  return text;
}

std::optional<time_point> topic_book::next_question() const {
  std::optional<time_point> first;
  for (const listing& each : m_topics) {
    if (each.partitions == 0) first = app::earlier(first, each.next_question);
  }
  return first;
}

bool topic_book::settled() const {
  return std::all_of(m_topics.begin(), m_topics.end(),
                     [](const listing& each) { return each.partitions > 0 || each.failing; });
}

std::size_t topic_book::failing() const {
  return static_cast<std::size_t>(std::count_if(m_topics.begin(), m_topics.end(),
                                                [](const listing& each) { return each.failing; }));
}

topic_book::message_limits topic_book::limits() const {
  std::optional<message_limits> all;
  for (const listing& each : m_topics) {
    if (each.partitions == 0) continue;
    const auto limit = each.max_message_bytes.value_or(usual_max_message_bytes);
    if (!all) all = {limit, limit};
    all = {std::min(all->smallest, limit), std::max(all->largest, limit)};
  }
  return all.value_or(message_limits{usual_max_message_bytes, usual_max_message_bytes});
}

void topic_book::ask_limits(rd_kafka_s* handle) {
  for (listing& each : m_topics) {
    if (each.partitions == 0) continue;
    const auto limit = kafka::max_message_bytes(handle, each.name, milliseconds(1000));
    if (limit) each.max_message_bytes = limit;
  }
}

}  // namespace logpipe::logtail
