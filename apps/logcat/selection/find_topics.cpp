#include "find_topics.hpp"

#include <logpipe/base/nearest.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

namespace logpipe::logcat {
namespace {

using kafka::failure;
using kafka::partition_info;
using kafka::topic_info;

constexpr kafka::error_code leader_not_available = 5;

/// Throws kafka_error when one of them has none, so that it is asked again.
void require_leaders(const topic_info& topic) {
  std::vector<std::int32_t> leaderless;
  for (const auto& each : topic.partitions) {
    if (each.leader < 0) leaderless.push_back(each.id);
  }
  if (leaderless.empty()) return;
  throw kafka::kafka_error(
      leader_not_available,
      fmt::format("partition {} of topic \"{}\"", fmt::join(leaderless, ","), topic.name));
}

bool has(const topic_info& topic, std::int32_t partition) {
  return std::any_of(topic.partitions.begin(), topic.partitions.end(),
                     [&](const partition_info& each) { return each.id == partition; });
}

class topic_finder {
public:
  topic_finder(run_context& context, kafka::reader& reader, const plan& plan)
      : m_context(context), m_reader(reader), m_plan(plan), m_wanted(plan.selection) {}

  std::vector<topic_info> find() {
    find_named();
    if (!m_wanted.expressions.empty()) find_matching();
    return std::move(m_found);
  }

private:
  void find_named();
  void find_matching();
  void keep_wanted(topic_info& topic) const;
  [[noreturn]] void end_for_missing(const std::vector<std::string>& missing);
  void tell_unmatched();

  run_context& m_context;
  kafka::reader& m_reader;
  const plan& m_plan;
  const selection_plan& m_wanted;
  std::vector<topic_info> m_found;
};

void topic_finder::find_named() {
  std::vector<std::string> missing;
  for (const auto& name : m_wanted.topics) {
    auto topic = m_context.ask(&m_reader, [&](milliseconds timeout) {
      auto answer = kafka::describe_topic(m_reader.handle(), name, timeout);
      if (answer.error != 0 && kafka::classify(answer.error) != failure::missing) {
        throw kafka::kafka_error(answer.error, fmt::format("topic \"{}\"", name));
      }
      keep_wanted(answer);
      if (m_plan.bounded) require_leaders(answer);
      return answer;
    });
    if (topic.error != 0) {
      missing.push_back(name);
    } else {
      m_found.push_back(std::move(topic));
    }
  }
  if (!missing.empty()) end_for_missing(missing);
}

void topic_finder::find_matching() {
  auto matching = m_context.ask(&m_reader, [&](milliseconds timeout) {
    auto topics = kafka::describe_topics(m_reader.handle(), timeout);
    std::erase_if(topics, [&](const topic_info& each) {
      return !m_wanted.expressions.ask_for(each.name) || m_wanted.names(each.name);
    });
    for (auto& each : topics) {
      std::erase_if(each.partitions,
                    [&](const partition_info& one) { return !m_wanted.wants(one.id); });
      if (m_plan.bounded) require_leaders(each);
    }
    return topics;
  });
  std::erase_if(matching, [](const topic_info& each) { return each.partitions.empty(); });
  m_found.insert(m_found.end(), matching.begin(), matching.end());
  tell_unmatched();
}

void topic_finder::keep_wanted(topic_info& topic) const {
  if (topic.error != 0) return;
  for (const std::int32_t id : m_wanted.partitions) {
    if (has(topic, id)) continue;
    throw std::runtime_error(fmt::format("no partition {} in topic \"{}\", which has {}", id,
                                         topic.name, topic.partitions.size()));
  }
  std::erase_if(topic.partitions,
                [&](const partition_info& each) { return !m_wanted.wants(each.id); });
}

void topic_finder::end_for_missing(const std::vector<std::string>& missing) {
  const auto names = m_context.ask(&m_reader, [&](milliseconds timeout) {
    return kafka::list_topics(m_reader.handle(), timeout);
  });
  for (const auto& name : missing) {
    const auto meant = nearest(name, names);
    m_context.messages().error("no topic \"{}\" on {}{}", name,
                               m_plan.connection.settings.brokers(),
                               meant ? fmt::format("; did you mean \"{}\"?", *meant) : "");
  }
  throw run_ended{app::exit_code::failed};
}

void topic_finder::tell_unmatched() {
  std::vector<std::string> names;
  for (const auto& each : m_found) {
    names.push_back(each.name);
  }
  const auto unmatched = m_wanted.expressions.without_match(names);
  for (const auto& expression : unmatched) {
    const auto text = fmt::format("no topic matches \"{}\" on {}", expression,
                                  m_plan.connection.settings.brokers());
    if (m_plan.bounded) {
      m_context.messages().error("{}", text);
    } else {
      m_context.messages().warning("{}; waiting for one", text);
    }
  }
  if (m_plan.bounded && !unmatched.empty()) throw run_ended{app::exit_code::failed};
}

}  // namespace

std::vector<topic_info> find_topics(run_context& context, kafka::reader& reader, const plan& plan) {
  return topic_finder(context, reader, plan).find();
}

}  // namespace logpipe::logcat
