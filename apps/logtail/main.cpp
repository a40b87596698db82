#include "dry_run.hpp"
#include "options.hpp"
#include "shipping.hpp"

#include <common/run.hpp>
#include <common/signals.hpp>

using namespace logpipe::app;

int main(int argc, char** argv) {
  messages out("logtail");
  return run_tool(out, [&] {
    const auto plan = parse_logtail(argc, argv);
    if (!plan) return exit_code::success;
    out.tell_up_to(plan->tell);
    signal_watch signals;
    return plan->dry_run ? dry_run(*plan, out, signals) : ship_files(*plan, out, signals);
  });
}
