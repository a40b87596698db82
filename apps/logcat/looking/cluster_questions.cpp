#include "cluster_questions.hpp"

#include "logcat/selection/missing_topics.hpp"
#include "logcat/selection/wanted_partitions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace logpipe::logcat {
namespace {

/// A leader that has not answered within that time is told of as it is.
constexpr milliseconds patience(5000);

bool is_silent(const kafka::offset_answer& answer) {
  return kafka::classify(answer.error) == kafka::failure::unreachable;
}

std::vector<std::string> names_of(const kafka::cluster_info& cluster) {
  std::vector<std::string> names;
  names.reserve(cluster.topics.size());
  for (const auto& each : cluster.topics) {
    names.push_back(each.name);
  }
  return names;
}

bool is_internal(const kafka::topic_info& topic) {
  return topic.name.starts_with("__");
}

}  // namespace

cluster_questions::cluster_questions(run_context& context, const plan& plan)
    : m_context(context), m_plan(plan), m_committed(plan.connection.settings, {.bounded = true}) {}

const kafka::cluster_info& cluster_questions::cluster() {
  if (!m_cluster) {
    m_cluster = ask([](rd_kafka_s* handle, milliseconds timeout) {
      return kafka::describe_cluster(handle, timeout);
    });
  }
  return *m_cluster;
}

bool cluster_questions::asks_for_all() const noexcept {
  return m_plan.selection.topics.empty() && m_plan.selection.expressions.empty();
}

bool cluster_questions::asks_for(const std::string& topic) const {
  return asks_for_all() || m_plan.selection.names(topic) ||
         m_plan.selection.expressions.ask_for(topic);
}

// Of a topic that we may not see the list is silent; asked for by its name the broker says which it
// is.
std::optional<kafka::topic_info> cluster_questions::named(const std::string& topic) {
  auto info = ask([&](rd_kafka_s* handle, milliseconds timeout) {
    return kafka::describe_topic(handle, topic, timeout);
  });
  if (kafka::classify(info.error) == kafka::failure::missing) return std::nullopt;
  if (info.error != 0) throw kafka::kafka_error(info.error, fmt::format("topic \"{}\"", topic));
  return info;
}

void cluster_questions::require_matches() {
  const auto unmatched = m_plan.selection.expressions.without_match(names_of(cluster()));
  for (const auto& expression : unmatched) {
    m_context.messages().error("{}", unmatched_text(expression, m_plan));
  }
  if (!unmatched.empty()) throw run_ended{app::exit_code::failed};
}

std::vector<kafka::topic_info> cluster_questions::wanted_topics() {
  require_matches();
  std::vector<kafka::topic_info> topics;
  for (const auto& each : cluster().topics) {
    if (asks_for(each.name)) topics.push_back(each);
  }
  std::vector<std::string> missing;
  const auto names = names_of(cluster());
  for (const auto& name : m_plan.selection.topics) {
    if (std::binary_search(names.begin(), names.end(), name)) continue;
    if (auto topic = named(name)) {
      topics.push_back(std::move(*topic));
    } else {
      missing.push_back(name);
    }
  }
  if (!missing.empty()) end_for_missing(m_context, m_plan, missing, names);
  std::stable_partition(topics.begin(), topics.end(),
                        [](const auto& each) { return !is_internal(each); });
  for (auto& topic : topics) {
    keep_wanted(topic, m_plan.selection);
  }
  return topics;
}

std::vector<kafka::offset_answer> cluster_questions::find(
    std::span<const kafka::led_partition> partitions, std::int64_t time,
    kafka::isolation_level isolation) {
  if (isolation == kafka::isolation_level::uncommitted && !m_uncommitted) {
    m_uncommitted = std::make_unique<kafka::reader>(
        m_plan.connection.settings,
        kafka::reader::options{.bounded = true, .isolation = kafka::isolation_level::uncommitted});
    // Its handle is to know the leaders: librdkafka would ask for those of each topic otherwise.
    m_context.ask(m_uncommitted.get(), [&](milliseconds timeout) {
      return kafka::describe_cluster(m_uncommitted->handle(), timeout);
    });
  }
  const auto& reader =
      isolation == kafka::isolation_level::uncommitted ? *m_uncommitted : m_committed;
  const time_point give_up = clock::now() + patience;
  for (milliseconds slice(500);; slice = std::min(slice * 2, milliseconds(2000))) {
    auto answers = kafka::find_offsets(reader.handle(), partitions, time,
                                       std::min(slice, m_context.until_limit()));
    const bool complete = std::none_of(answers.begin(), answers.end(), is_silent);
    if (complete || clock::now() >= give_up) return answers;
    if (m_context.told_to_end()) throw run_ended{m_context.signal_code()};
    if (m_context.timed_out(clock::now())) m_context.end_at_limit();
  }
}

app::exit_code tell_unanswered(app::messages& out, std::span<const kafka::led_partition> partitions,
                               std::span<const kafka::offset_answer> answers) {
  std::map<std::int32_t, std::size_t> silent;  // partitions, by leader
  auto code = app::exit_code::success;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i].error == 0 || partitions[i].leader < 0) continue;
    code = app::exit_code::incomplete;
    if (is_silent(answers[i])) {
      ++silent[partitions[i].leader];
    } else {
      out.error("offsets of {} [{}]: {}", partitions[i].topic, partitions[i].partition,
                kafka::text_of(answers[i].error));
    }
  }
  for (const auto& [leader, count] : silent) {
    out.error("broker {} does not answer: the offsets of {} partitions are not known", leader,
              count);
  }
  return code;
}

}  // namespace logpipe::logcat
