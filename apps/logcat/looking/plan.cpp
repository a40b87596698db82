#include "plan.hpp"

#include "common/exit_code.hpp"

#include <logpipe/base/time.hpp>

#include <fmt/format.h>

#include <variant>

namespace logpipe::logcat {
namespace {

looking_plan::kind kind_of(const looking_options& options) {
  using kind = looking_plan::kind;
  const int asked = (options.list ? 1 : 0) + (options.query ? 1 : 0) + (options.verify ? 1 : 0);
  if (asked > 1) throw app::usage_error("-L, -Q and --verify exclude each other");
  if (options.list) return kind::list;
  if (options.query) return kind::query;
  return options.verify ? kind::verify : kind::none;
}

std::int64_t time_of(const std::string& text) {
  const auto parsed = parse_time(text, wall_clock_now());
  if (const auto* time = std::get_if<std::int64_t>(&parsed)) return *time;
  throw app::usage_error(fmt::format("-Q: \"{}\" {}", text, std::get<time_error>(parsed).what));
}

}  // namespace

looking_plan resolve(const looking_options& options, const std::vector<std::string>& topics) {
  looking_plan plan;
  plan.what = kind_of(options);
  if (options.query) {
    plan.time = time_of(*options.query);
  }
  if (plan.what == looking_plan::kind::list || options.query) plan.topics = topic_filter(topics);
  return plan;
}

}  // namespace logpipe::logcat
