#include "options.hpp"

#include <CLI/CLI.hpp>

namespace logpipe::logcat {
namespace {

constexpr const char* group = "How it looks";

void add_forms(CLI::App& app, printing_options& to) {
  app.add_option("-f,--format", to.format,
                 "%t topic, %p partition, %o offset, %T timestamp (ms), %k key, %s value,\n"
                 "%K %S their lengths, %R the value's as 4 bytes, %h headers, %H{name} one,\n"
                 "%d{strftime} time, %x %X value and key in hex, %% percent;\n"
                 "\\n \\r \\t \\0 \\\\ \\xNN. No newline is added. Default:\n"
                 "%t---Partition:%p, Offset:%o, Key:%k, Value:%s\\n")
      ->type_name("F")
      ->group(group);
  app.add_flag("-J{logcat},--json{logcat}", to.json,
               "A JSON object per line, always valid and lossless: bytes that\n"
               "are no UTF-8 are {\"base64\":\"...\"}; =kcat: with kcat's names")
      ->type_name("kcat")
      ->group(group);
  app.add_option("--json-bytes", to.json_bytes,
                 "auto (default), base64: keys, values and headers' values always\nare base64")
      ->type_name("HOW")
      ->group(group);
  app.add_flag("--value", to.value_only, "The value alone, a line each")->group(group);
  app.add_flag("-0", to.nul, "A NUL behind each record instead of the newline")->group(group);
}

void add_fields(CLI::App& app, printing_options& to) {
  app.add_option("-s", to.packings,
                 "Packed integers in keys, values or both as numbers: > big endian,\n"
                 "< little endian, b B h H i I q Q of 1, 2, 4, 8 bytes with and without\n"
                 "sign, c a byte, s the rest, $ the end")
      ->type_name("[key=|value=]PACK")
      ->allow_extra_args(false)
      ->group(group);
  app.add_option("--null", to.null_text, "What a null key or value prints as (default nothing)")
      ->type_name("TEXT")
      ->group(group);
  app.add_flag("-Z", to.null_word, "The same as --null NULL")->group(group);
  app.add_option("--max-value", to.most_value, "Show that much of a value, then how long it is")
      ->type_name("SIZE")
      ->group(group);
  app.add_option("--escape", to.escape,
                 "Control characters and bytes that are no UTF-8 as \\xNN: auto\n"
                 "(default: on a terminal), always, never")
      ->type_name("WHEN")
      ->group(group);
  to.color.add_to(app, group);
}

}  // namespace

void printing_options::add_to(CLI::App& app) {
  add_forms(app, *this);
  add_fields(app, *this);
  app.add_option("--progress", progress,
                 "A progress line on stderr in a run that ends by itself: auto\n"
                 "(default: stderr is a terminal that stdout is not), always, never")
      ->type_name("WHEN")
      ->group("Messages");
}

}  // namespace logpipe::logcat
