#include "options.hpp"

#include <CLI/CLI.hpp>

namespace logpipe::logcat {
namespace {

void add_conditions(CLI::App& app, filtering_options& to) {
  constexpr const char* group = "Which records";
  const auto add_list = [&](const char* name, auto& values, const char* type, const char* help) {
    app.add_option(name, values, help)->type_name(type)->allow_extra_args(false)->group(group);
  };
  app.add_option("-k,--key", to.key, "Those with exactly this key; \\xNN and the like are bytes")
      ->type_name("KEY")
      ->group(group);
  add_list("-g,--grep", to.grep, "RE",
           "Those whose value matches an RE2 expression; a dot matches a\n"
           "newline too, \\x80 to \\xff are bytes. Repeatable; all that is\n"
           "required must hold, and null matches nothing");
  add_list("--grep-key", to.grep_key, "RE", "Those whose key matches");
  add_list("--grep-header", to.grep_header, "NAME=RE",
           "Those with a header of that name that matches");
  app.add_flag("-i,--ignore-case", to.any_case, "Expressions match letters of any case")
      ->group(group);
  app.add_flag("--tombstones", to.tombstones, "Those whose value is null")->group(group);
  app.add_flag("--invert", to.invert, "All others than those")->group(group);
}

void add_context(CLI::App& app, filtering_options& to) {
  constexpr const char* group = "Which records";
  app.add_option("-A,--after-context", to.after, "And N records behind each, of its partition")
      ->type_name("N")
      ->group(group);
  app.add_option("-B,--before-context", to.before, "And N records before each")
      ->type_name("N")
      ->group(group);
  app.add_option("-C,--context", to.around, "Both; -c does not count them")
      ->type_name("N")
      ->expected(0, 1)  // without a number it is kcat's, and plan.cpp says what to write
      ->group(group);
  app.add_flag("--fail-empty", to.fail_empty,
               "Exit code 4 when a run that ends by itself has printed nothing, as\n"
               "it is anyway with a condition above")
      ->group(group);
}

void add_counting(CLI::App& app, filtering_options& to) {
  constexpr const char* group = "Counting instead of printing";
  app.add_flag("--count-only", to.count_only,
               "How many records there are in each partition, and in all; to the\n"
               "end of the topic, or with -o newest until the run is ended")
      ->group(group);
  app.add_option("--histogram", to.histogram,
                 "How many there are in each D of time, as a bar chart")
      ->type_name("D")
      ->group(group);
}

}  // namespace

void filtering_options::add_to(CLI::App& app) {
  add_conditions(app, *this);
  add_context(app, *this);
  add_counting(app, *this);
}

}  // namespace logpipe::logcat
