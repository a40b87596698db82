#include "options.hpp"

#include "common/exit_code.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace logpipe::logcat {
namespace {

constexpr std::array<std::string_view, 4> groups_beside{"Looking", "Topics", "Connection",
                                                        "Messages"};
constexpr std::array<std::string_view, 10> names_beside{"group",    "partition", "exit", "timeout",
                                                        "idle",     "isolation", "json", "color",
                                                        "progress", "output"};

template <typename Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool goes_beside(const CLI::Option& option) {
  const auto& names = option.get_lnames();
  return is_one_of(groups_beside, option.get_group()) ||
         std::any_of(names.begin(), names.end(),
                     [](const std::string& name) { return is_one_of(names_beside, name); });
}

/// "orders:0:1700000000000": no topic has a colon in its name.
bool is_kcat_question(std::string_view text) {
  return std::count(text.begin(), text.end(), ':') == 2;
}

}  // namespace

void looking_options::add_to(CLI::App& app) {
  constexpr const char* group = "Looking";
  app.add_flag("-L,--list", list,
               "Brokers, topics and partitions with their offsets, of all TOPICs\n"
               "where none is named; with -G, what a group has committed, its\n"
               "members and how far they are behind (it is never joined)")
      ->group(group);
  app.add_option("-Q,--query", query,
                 "The first offsets at or past the time T, of each partition; the end\n"
                 "where no record is")
      ->type_name("T")
      ->group(group);
  app.add_flag("--verify", verify,
               "Read from oldest to the end and tell of offsets that are missing or\n"
               "out of order")
      ->group(group);
}

void looking_options::refuse_others(const CLI::App& app) const {
  if (!any()) return;
  const std::string_view what = list ? "-L" : query ? "-Q" : "--verify";
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() == 0 || goes_beside(*option)) continue;
    throw app::usage_error(
        fmt::format("{} prints no records: leave {} out", what, option->get_name()));
  }
}

void refuse_kcat_query(const std::vector<std::string>& arguments) {
  const auto query = std::find(arguments.begin(), arguments.end(), "-Q");
  if (query == arguments.end()) return;
  const bool no_time = query + 1 == arguments.end() || *(query + 1) == "-t";
  const auto question = std::find(arguments.begin(), arguments.end(), "-t");
  const bool theirs = question != arguments.end() && question + 1 != arguments.end() &&
                      is_kcat_question(*(question + 1));
  if (!no_time && !theirs) return;
  throw app::usage_error(
      "-Q takes a time, and the topic stands apart: write -Q TIME TOPIC, and -p PARTITION for one "
      "partition alone");
}

}  // namespace logpipe::logcat
