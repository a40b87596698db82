#include "options.hpp"

#include "common/exit_code.hpp"
#include "common/negative_values.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <string_view>

namespace logpipe::logcat {
namespace {

constexpr const char* description = R"(logcat prints what a Kafka topic holds.

  logcat orders                      follow the topic from now on
  logcat -e orders                   all that is in it, then end
  logcat -n 20 -f '%d{%T} %s\n' orders
                                     the last 20 records with their times, then follow
)";

constexpr std::array<app::foreign_option, 26> foreign{{
    {"-P", "logcat only reads; logtail writes to a topic"},
    {"-v", "for more messages write --verbose; to leave records out, --grep RE --invert"},
    {"-d", "write --verbose for librdkafka's log"},
    {"-V", "write --version"},
    {"-u", "output is never held back; leave it out"},
    {"-D", "what stands behind each record is part of the format: -f '%s\\n'"},
    {"-K", "what stands between key and value is part of the format: -f '%k:%s\\n'"},
    {"-O", "the offset is part of the format: -f '%o %s\\n'"},
    {"-r", "a TOPIC that begins with ^ is a regular expression; there is no schema registry"},
    {"-l", "logcat only reads; logtail ships files"},
    {"--follow", "logcat follows unless -e is given; leave it out"},
    {"--from-beginning", "write -o oldest"},
    {"--bootstrap-server", "write -b"},
    {"--max-messages", "write -c N"},
    {"--limit-messages", "write -c N"},
    {"--num", "write -c N; the last N are -n N"},
    {"--offset", "write -o"},
    {"--include", "a TOPIC that begins with ^ is a regular expression"},
    {"--whitelist", "a TOPIC that begins with ^ is a regular expression"},
    {"--regex", "a TOPIC that begins with ^ is a regular expression"},
    {"--timeout-ms", "write --idle D; --timeout D limits the whole run"},
    {"--isolation-level", "write --isolation committed or uncommitted"},
    {"--read-committed", "so it is unless --isolation uncommitted is given; leave it out"},
    {"--property", "what is printed is the format's to say: -f '%k:%s\\n'"},
    {"--formatter", "what is printed is the format's to say: -f '%k:%s\\n'"},
    {"-=", "a value goes with the long name alone: --json=kcat"},
}};

constexpr std::array<app::property_advice, 7> instead{{
    {"group.id", "write -G ID"},
    {"isolation.level", "write --isolation committed or uncommitted"},
    {"auto.offset.reset", "write -o"},
    {"enable.auto.commit", "--commit says when"},
    {"auto.commit.enable", "--commit says when"},
    {"transactional.id", "logcat only reads"},
    {"message.timeout.ms", "--timeout limits the run"},
}};

/// `logcat -20 test`, as tail takes it, would make -20 a topic.
void refuse_number_as_topic(const std::vector<std::string>& topics) {
  for (const auto& topic : topics) {
    if (!app::looks_negative(topic)) continue;
    throw app::usage_error(fmt::format("there is no {0}: write -n {1} or -o {0}", topic,
                                       std::string_view(topic).substr(1)));
  }
}

}  // namespace

app::parsed parse_options(int argc, const char* const* argv, options& parsed_options) {
  CLI::App app(description, "logcat");
  std::vector<std::string> more_topics;
  app.add_option("TOPIC", parsed_options.topics,
                 "Topics to print, all of their partitions; one that begins with ^\n"
                 "is a regular expression, also for topics that come later")
      ->type_name("")
      ->group("Topics");
  app.add_option("-t,--topic", more_topics, "The same as TOPIC, repeatable")
      ->type_name("TOPIC")
      ->allow_extra_args(false)
      ->group("Topics");
  parsed_options.selection.add_to(app);
  parsed_options.reading.add_to(app);
  parsed_options.filtering.add_to(app);
  parsed_options.printing.add_to(app);
  parsed_options.resuming.add_to(app);
  parsed_options.looking.add_to(app);
  parsed_options.connection.instead = instead;
  parsed_options.connection.add_to(app);

  refuse_kcat_query({argv, argv + argc});
  const auto result =
      app::parse_command_line(app, "logcat [options] TOPIC...", argc, argv, foreign);
  parsed_options.looking.refuse_others(app);
  refuse_number_as_topic(parsed_options.topics);
  parsed_options.topics.insert(parsed_options.topics.end(), more_topics.begin(), more_topics.end());
  return result;
}

}  // namespace logpipe::logcat
