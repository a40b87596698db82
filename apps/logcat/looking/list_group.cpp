#include "list_group.hpp"

#include "cluster_questions.hpp"
#include "group_text.hpp"

#include <logpipe/base/nearest.hpp>
#include <logpipe/kafka/groups.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace logpipe::logcat {
namespace {

constexpr kafka::error_code no_such_topic = 3;  // UNKNOWN_TOPIC_OR_PART

class group_listing {
public:
  group_listing(run_context& context, const plan& plan)
      : m_context(context), m_plan(plan), m_questions(context, plan) {}

  app::exit_code run() {
    m_facts.name = m_plan.looking.group;
    const auto topics = m_questions.wanted_topics();
    const auto committed = m_questions.ask([&](rd_kafka_s* handle, milliseconds timeout) {
      return kafka::committed_offsets(handle, m_facts.name, timeout);
    });
    m_facts.info = m_questions.ask([&](rd_kafka_s* handle, milliseconds timeout) {
      return kafka::describe_group(handle, m_facts.name, timeout);
    });
    if (m_facts.info.state == "Dead") look_again(!committed.empty());
    m_facts.partitions = partitions_of(committed, m_facts.info.members);
    leave_out_other_topics();
    const auto code = find_offsets(topics);
    print();
    return code;
  }

private:
  /// The coordinator does not know the group, or not in the words of our protocol.
  void look_again(bool has_committed) {
    const auto groups = m_questions.ask([](rd_kafka_s* handle, milliseconds timeout) {
      return kafka::list_groups(handle, timeout);
    });
    const auto found =
        std::find_if(groups.begin(), groups.end(),
                     [&](const kafka::listed_group& each) { return each.name == m_facts.name; });
    if (found == groups.end()) {
      if (!has_committed) throw_no_group(groups);
      return;
    }
    m_facts.info.state = found->state;
    m_facts.members_hidden = found->state != "Empty";
    if (!m_facts.members_hidden) return;
    m_context.messages().warning(
        "the members of group \"{}\" cannot be seen: they use the protocol of KIP-848",
        m_facts.name);
  }

  [[noreturn]] void throw_no_group(const std::vector<kafka::listed_group>& groups) const {
    std::vector<std::string> names;
    names.reserve(groups.size());
    for (const auto& each : groups) {
      names.push_back(each.name);
    }
    const auto meant = nearest(m_facts.name, names);
    throw std::runtime_error(fmt::format(
        "no consumer group \"{}\" on {}{}", m_facts.name, m_plan.connection.settings.brokers(),
        meant ? fmt::format("; did you mean \"{}\"?", *meant) : ""));
  }

  void leave_out_other_topics() {
    std::erase_if(m_facts.partitions, [&](const group_partition& each) {
      return !m_questions.asks_for(each.where.topic) ||
             !m_plan.selection.wants(each.where.partition);
    });
  }

  app::exit_code find_offsets(const std::vector<kafka::topic_info>& topics) {
    std::map<kafka::topic_partition, std::int32_t> leaders;
    for (const auto& topic : topics) {
      for (const auto& each : topic.partitions) {
        leaders[{topic.name, each.id}] = each.leader;
      }
    }
    std::vector<kafka::led_partition> asked;
    std::vector<group_partition*> about;
    for (auto& each : m_facts.partitions) {
      const auto found = leaders.find(each.where);
      if (found == leaders.end()) {
        each.error = no_such_topic;
        continue;
      }
      asked.push_back({each.where.topic, each.where.partition, found->second});
      about.push_back(&each);
    }
    const auto begins = m_questions.find(asked, kafka::at_begin);
    const auto ends = m_questions.find(asked, kafka::at_end);
    for (std::size_t i = 0; i < about.size(); ++i) {
      about[i]->error = begins[i].error != 0 ? begins[i].error : ends[i].error;
      if (begins[i].error == 0) about[i]->begin = begins[i].offset;
      if (ends[i].error == 0) about[i]->stable = ends[i].offset;
    }
    return tell_unanswered(m_context.messages(), asked, ends);
  }

  void print() {
    output_buffer out;
    if (m_plan.looking.json) {
      append_group_json(out, m_facts);
    } else {
      append_group_text(out, m_facts, m_plan.looking.coloured);
    }
    m_context.write(out.view());
  }

  run_context& m_context;
  const plan& m_plan;
  cluster_questions m_questions;
  group_facts m_facts;
};

}  // namespace

app::exit_code list_group(run_context& context, const plan& plan) {
  return group_listing(context, plan).run();
}

}  // namespace logpipe::logcat
