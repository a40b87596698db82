#include "common/messages.hpp"
#include "common/run.hpp"
#include "common/signals.hpp"
#include "options.hpp"
#include "plan.hpp"
#include "printing/stdout_writer.hpp"
#include "run.hpp"
#include "run_context.hpp"
#include "run_files.hpp"

#include <unistd.h>

using namespace logpipe;

int main(int argc, char** argv) {
  app::messages messages("logcat");
  return app::run_tool(messages, [&] {
    logcat::options options;
    if (logcat::parse_options(argc, argv, options) == app::parsed::done) {
      return app::exit_code::success;
    }
    logcat::stdout_writer output(STDOUT_FILENO);
    const logcat::plan plan = logcat::make_plan(options, output.is_terminal());
    messages.tell_up_to(app::level_of(options.connection, plan.bounded));
    if (!plan.printing.format.has_tokens()) {
      messages.warning("the format has no token: each record prints the same");
    }
    app::signal_watch signals;
    auto opened = logcat::open_files(plan, messages, signals);
    if (const auto* code = std::get_if<app::exit_code>(&opened)) return *code;
    auto& files = std::get<logcat::run_files>(opened);
    if (files.output) {
      output = logcat::stdout_writer(files.output->descriptor(), files.output->path());
    }
    logcat::run_context context(plan, messages, signals, output);
    return logcat::run(plan, context, files);
  });
}
