#include "find_topics.hpp"

#include "missing_topics.hpp"
#include "wanted_partitions.hpp"

#include <fmt/format.h>

#include <string>

namespace logpipe::logcat {
namespace {

using kafka::failure;
using kafka::topic_info;

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
  std::vector<std::string> all_topics();
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
      keep_wanted(answer, m_wanted);
      if (m_plan.bounded) require_leaders(answer);
      return answer;
    });
    if (topic.error != 0) {
      missing.push_back(name);
    } else {
      m_found.push_back(std::move(topic));
    }
  }
  if (!missing.empty()) end_for_missing(m_context, m_plan, missing, all_topics());
}

void topic_finder::find_matching() {
  auto matching = m_context.ask(&m_reader, [&](milliseconds timeout) {
    auto topics = kafka::describe_topics(m_reader.handle(), timeout);
    std::erase_if(topics, [&](const topic_info& each) {
      return !m_wanted.expressions.ask_for(each.name) || m_wanted.names(each.name);
    });
    for (auto& each : topics) {
      keep_wanted(each, m_wanted);
      if (m_plan.bounded) require_leaders(each);
    }
    return topics;
  });
  std::erase_if(matching, [](const topic_info& each) { return each.partitions.empty(); });
  m_found.insert(m_found.end(), matching.begin(), matching.end());
  tell_unmatched();
}

std::vector<std::string> topic_finder::all_topics() {
  return m_context.ask(&m_reader, [&](milliseconds timeout) {
    return kafka::list_topics(m_reader.handle(), timeout);
  });
}

void topic_finder::tell_unmatched() {
  std::vector<std::string> names;
  for (const auto& each : m_found) {
    names.push_back(each.name);
  }
  const auto unmatched = m_wanted.expressions.without_match(names);
  for (const auto& expression : unmatched) {
    const auto text = unmatched_text(expression, m_plan);
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
