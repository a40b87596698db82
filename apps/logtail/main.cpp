#include "common/run.hpp"
#include "common/signals.hpp"
#include "dry_run.hpp"
#include "options.hpp"
#include "plan.hpp"
#include "positions/run_command.hpp"
#include "shipping.hpp"

using namespace logpipe;

int main(int argc, char** argv) {
  app::messages out("logtail");
  return app::run_tool(out, [&] {
    logtail::options options;
    if (logtail::parse_options(argc, argv, options) == app::parsed::done) {
      return app::exit_code::success;
    }
    if (const auto command = logtail::plan_positions(options)) {
      out.tell_up_to(app::level_of(options.connection, false));
      app::signal_watch signals;
      return std::visit([&](const auto& asked) { return logtail::run(asked, out, signals); },
                        *command);
    }
    const logtail::plan plan = logtail::make_plan(options);
    out.tell_up_to(plan.tell);
    app::signal_watch signals;
    return plan.dry_run ? logtail::dry_run(plan, out, signals)
                        : logtail::ship_files(plan, out, signals);
  });
}
