#include "missing_topics.hpp"

#include <logpipe/base/nearest.hpp>

#include <fmt/format.h>

namespace logpipe::logcat {

void end_for_missing(run_context& context, const plan& plan,
                     const std::vector<std::string>& missing, const std::vector<std::string>& all) {
  for (const auto& name : missing) {
    const auto meant = nearest(name, all);
    context.messages().error("no topic \"{}\" on {}{}", name, plan.connection.settings.brokers(),
                             meant ? fmt::format("; did you mean \"{}\"?", *meant) : "");
  }
  throw run_ended{app::exit_code::failed};
}

std::string unmatched_text(const std::string& expression, const plan& plan) {
  return fmt::format("no topic matches \"{}\" on {}", expression,
                     plan.connection.settings.brokers());
}

}  // namespace logpipe::logcat
