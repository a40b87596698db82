#include "plan.hpp"

#include "common/exit_code.hpp"

#include <fmt/format.h>

#include <string>

namespace logpipe::logcat {

printing_plan resolve(const printing_options& options, bool terminal) {
  if (options.format && options.value_only) {
    throw app::usage_error("-f and --value exclude each other");
  }
  const std::string text =
      options.value_only ? "%s\\n" : options.format.value_or(std::string(format::default_format));
  try {
    printing_plan plan{format::record_format::compile(
        text, terminal ? format::escaping::unsafe : format::escaping::none)};
    if (options.nul) plan.format.end_with_nul();
    return plan;
  } catch (const format::format_error& error) {
    throw app::usage_error(
        fmt::format("-f: {} at position {} of \"{}\"", error.what(), error.position() + 1, text));
  }
}

}  // namespace logpipe::logcat
