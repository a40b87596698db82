#include "list.hpp"

#include "cluster_questions.hpp"
#include "cluster_text.hpp"

#include <algorithm>
#include <optional>

namespace logpipe::logcat {
namespace {

using answers = std::vector<kafka::offset_answer>;

std::optional<std::int64_t> offset_of(const kafka::offset_answer& answer) {
  if (answer.error != 0) return std::nullopt;
  return answer.offset;
}

/// What was asked, with all that was answered, in the order of the topics' partitions.
std::vector<topic_facts> facts_of(const std::vector<kafka::topic_info>& topics,
                                  const answers& begins, const answers& ends,
                                  const answers& stables) {
  std::vector<topic_facts> facts;
  std::size_t at = 0;
  for (const auto& topic : topics) {
    auto& told = facts.emplace_back(topic_facts{topic.name, topic.error, {}});
    for (const auto& partition : topic.partitions) {
      auto end = offset_of(ends[at]);
      const auto stable = offset_of(stables[at]);
      // The end was asked for first, and the log grows.
      if (end && stable) end = std::max(*end, *stable);
      const auto error = begins[at].error != 0 ? begins[at].error
                         : ends[at].error != 0 ? ends[at].error
                                               : stables[at].error;
      told.partitions.push_back({partition, offset_of(begins[at]), end, stable, error});
      ++at;
    }
  }
  return facts;
}

}  // namespace

app::exit_code list_cluster(run_context& context, const plan& plan) {
  cluster_questions questions(context, plan);
  const auto topics = questions.wanted_topics();
  const auto partitions = kafka::partitions_of(topics);
  const auto begins = questions.find(partitions, kafka::at_begin);
  const auto ends = questions.find(partitions, kafka::at_end, kafka::isolation_level::uncommitted);
  const auto stables = questions.find(partitions, kafka::at_end);

  cluster_facts facts;
  facts.topics = facts_of(topics, begins, ends, stables);
  if (questions.asks_for_all()) facts.brokers = brokers_of(questions.cluster(), facts.topics);
  output_buffer out;
  if (plan.looking.json) {
    append_cluster_json(out, facts);
  } else {
    append_cluster_text(out, facts, plan.looking.coloured);
  }
  context.write(out.view());
  return tell_unanswered(context.messages(), partitions, stables);
}

}  // namespace logpipe::logcat
