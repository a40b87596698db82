#include "group_entry.hpp"

#include "common/exit_code.hpp"
#include "group_owner.hpp"

#include <logpipe/kafka/groups.hpp>

#include <fmt/format.h>

namespace logpipe::logcat {

kafka::config settings_to_join(run_context& context, kafka::reader& reader, const plan& plan) {
  const std::string& name = *plan.resuming.group;
  kafka::config settings = plan.connection.settings;
  settings.set_default("client.id", "logcat");
  // Whoever is killed keeps its partitions until then; heartbeats need no more.
  settings.set_default("session.timeout.ms", "10000");

  const auto group = context.ask(&reader, [&](milliseconds timeout) {
    return kafka::describe_group(reader.handle(), name, timeout);
  });
  if (!plan.resuming.join) {
    const auto offsets = context.ask(&reader, [&](milliseconds timeout) {
      return kafka::committed_offsets(reader.handle(), name, timeout);
    });
    const auto sign = sign_of_another_owner(group, offsets, *settings.get("client.id"));
    if (sign) {
      throw app::usage_error(
          fmt::format("group \"{}\" {}: it seems to be an application's, and would lose records to "
                      "logcat; name another, or give --join",
                      name, *sign));
    }
  }
  if (const auto theirs = strategy_to_join(group)) {
    settings.set_default("partition.assignment.strategy", *theirs);
  }
  return settings;
}

}  // namespace logpipe::logcat
