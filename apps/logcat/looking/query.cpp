#include "query.hpp"

#include "cluster_questions.hpp"
#include "table.hpp"

#include <logpipe/format/json_line.hpp>

#include <optional>
#include <string>

namespace logpipe::logcat {
namespace {

struct answered_partition {
  kafka::led_partition about;
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> end;
};

answered_partition answered(const kafka::led_partition& about, const kafka::offset_answer& found,
                            const kafka::offset_answer& end) {
  answered_partition answer{about, std::nullopt, std::nullopt};
  if (end.error == 0) answer.end = end.offset;
  if (found.error == 0) answer.offset = found.offset >= 0 ? found.offset : answer.end;
  return answer;
}

std::string cell(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : "?";
}

void append_text(output_buffer& out, const std::vector<answered_partition>& answers,
                 bool coloured) {
  using align = table::alignment;
  table offsets({{"TOPIC"},
                 {"PARTITION", align::right},
                 {"OFFSET", align::right},
                 {"END", align::right},
                 {""}});
  for (const auto& each : answers) {
    const bool leaderless = each.about.leader < 0;
    offsets.add({each.about.topic, std::to_string(each.about.partition), cell(each.offset),
                 cell(each.end), leaderless ? "no leader" : ""},
                each.offset ? row_colour::none : row_colour::alarm);
  }
  offsets.append_to(out, coloured);
}

void append_json(output_buffer& out, const std::vector<answered_partition>& answers) {
  for (const auto& each : answers) {
    format::json_line(out)
        .text("topic", each.about.topic)
        .number("partition", each.about.partition)
        .number("offset", each.offset)
        .number("end", each.end);
  }
}

}  // namespace

app::exit_code query_offsets(run_context& context, const plan& plan) {
  cluster_questions questions(context, plan);
  const auto topics = questions.wanted_topics();
  const auto partitions = kafka::partitions_of(topics);
  const auto found = questions.find(partitions, plan.looking.time);
  const auto ends = questions.find(partitions, kafka::at_end);
  std::vector<answered_partition> answers;
  bool complete = true;
  for (std::size_t i = 0; i < partitions.size(); ++i) {
    answers.push_back(answered(partitions[i], found[i], ends[i]));
    complete = complete && answers.back().offset;
  }
  output_buffer out;
  if (plan.looking.json) {
    append_json(out, answers);
  } else {
    append_text(out, answers, plan.looking.coloured);
  }
  context.write(out.view());
  const auto code = tell_unanswered(context.messages(), partitions, ends);
  if (complete || code != app::exit_code::success) return code;
  context.messages().error("a partition without a leader has no offsets to tell");
  return app::exit_code::incomplete;
}

}  // namespace logpipe::logcat
