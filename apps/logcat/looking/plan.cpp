#include "plan.hpp"

#include "common/exit_code.hpp"
#include "common/values.hpp"

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

}  // namespace

looking_plan resolve(const looking_options& options) {
  looking_plan plan;
  plan.what = kind_of(options);
  if (options.query) plan.time = app::time_value("-Q", *options.query);
  return plan;
}

}  // namespace logpipe::logcat
