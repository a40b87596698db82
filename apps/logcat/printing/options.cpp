#include "options.hpp"

#include <CLI/CLI.hpp>

namespace logpipe::logcat {

void printing_options::add_to(CLI::App& app) {
  constexpr const char* group = "How it looks";
  app.add_option("-f,--format", format,
                 "%t topic, %p partition, %o offset, %T timestamp (ms), %k key, %s value,\n"
                 "%K %S their lengths, %R the value's as 4 bytes, %h headers, %H{name} one,\n"
                 "%d{strftime} time, %x %X value and key in hex, %% percent;\n"
                 "\\n \\r \\t \\0 \\\\ \\xNN. No newline is added. Default:\n"
                 "%t---Partition:%p, Offset:%o, Key:%k, Value:%s\\n")
      ->type_name("F")
      ->group(group);
  app.add_flag("--value", value_only, "The value alone, a line each")->group(group);
  app.add_flag("-0", nul, "A NUL behind each record instead of the newline")->group(group);
  app.add_option("--progress", progress,
                 "A progress line on stderr in a run that ends by itself: auto\n"
                 "(default: stderr is a terminal that stdout is not), always, never")
      ->type_name("WHEN")
      ->group("Messages");
}

}  // namespace logpipe::logcat
