#include "verify_text.hpp"

#include "table.hpp"

#include <logpipe/format/json_line.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

namespace logpipe::logcat {
namespace {

using align = table::alignment;

struct totals {
  std::int64_t records = 0;
  std::int64_t missing = 0;
  std::int64_t aborted = 0;
  std::int64_t unlisted = 0;
  std::int64_t repeated = 0;
  std::int64_t out_of_order = 0;
  bool complete = true;

  void add(const checked_partition& of) {
    records += of.check.records();
    missing += of.check.missing();
    aborted += of.check.aborted();
    unlisted += of.check.not_remembered();
    repeated += of.check.repeated();
    out_of_order += of.check.out_of_order();
    complete = complete && of.complete;
  }
};

totals sum_of(std::span<const checked_partition> partitions) {
  totals sum;
  for (const auto& each : partitions) {
    sum.add(each);
  }
  return sum;
}

std::string remark_of(const checked_partition& of) {
  std::vector<std::string> remarks;
  if (!of.complete) remarks.push_back(fmt::format("read to offset {} only", of.check.next()));
  if (of.check.out_of_order() > 0) {
    remarks.push_back(fmt::format("{} out of order", of.check.out_of_order()));
  }
  if (of.check.repeated() > 0) remarks.push_back(fmt::format("{} repeated", of.check.repeated()));
  if (of.check.not_remembered() > 0) {
    remarks.push_back(fmt::format("{} of the missing are not listed", of.check.not_remembered()));
  }
  return fmt::format("{}", fmt::join(remarks, "; "));
}

void append_table(output_buffer& out, std::span<const checked_partition> partitions,
                  bool coloured) {
  table rows({{"TOPIC"},
              {"PARTITION", align::right},
              {"FIRST", align::right},
              {"END", align::right},
              {"RECORDS", align::right},
              {"MISSING", align::right},
              {"ABORTED", align::right},
              {""}});
  for (const auto& each : partitions) {
    const auto& check = each.check;
    const bool bad = !each.complete || check.out_of_order() > 0 || check.repeated() > 0;
    rows.add({each.topic, std::to_string(each.partition), std::to_string(check.begin()),
              std::to_string(check.end()), std::to_string(check.records()),
              std::to_string(check.missing()), std::to_string(check.aborted()), remark_of(each)},
             bad ? row_colour::alarm : row_colour::none);
  }
  rows.append_to(out, coloured);
}

std::string verdict_on(const totals& sum) {
  if (sum.missing == 0) return "no offset is missing";
  return fmt::format(
      "{} offsets are missing: {} of aborted records, {} of markers, compaction or loss",
      sum.missing, sum.aborted, sum.missing - sum.aborted);
}

void append_json_summary(output_buffer& out, std::span<const checked_partition> partitions) {
  for (const auto& each : partitions) {
    format::json_line(out)
        .text("type", "partition")
        .text("topic", each.topic)
        .number("partition", each.partition)
        .number("first", each.check.begin())
        .number("end", each.check.end())
        .number("records", each.check.records())
        .number("missing", each.check.missing())
        .number("aborted", each.check.aborted())
        .number("unlisted", each.check.not_remembered())
        .number("repeated", each.check.repeated())
        .number("out_of_order", each.check.out_of_order())
        .flag("complete", each.complete);
  }
  const totals sum = sum_of(partitions);
  format::json_line(out)
      .text("type", "total")
      .number("partitions", static_cast<std::int64_t>(partitions.size()))
      .number("records", sum.records)
      .number("missing", sum.missing)
      .number("aborted", sum.aborted)
      .number("repeated", sum.repeated)
      .number("out_of_order", sum.out_of_order)
      .flag("complete", sum.complete);
}

}  // namespace

void append_run(output_buffer& out, const checked_partition& of, const missing_run& run,
                bool json) {
  const bool aborted = run.why == missing_run::verdict::aborted;
  if (json) {
    format::json_line(out)
        .text("type", "missing")
        .text("topic", of.topic)
        .number("partition", of.partition)
        .number("first", run.first)
        .number("last", run.end - 1)
        .number("offsets", run.offsets())
        .text("verdict", aborted ? "aborted" : "unknown");
    return;
  }
  const std::string which = run.offsets() == 1 ? fmt::format("offset {} is", run.first)
                                               : fmt::format("offsets {} to {} ({}) are", run.first,
                                                             run.end - 1, run.offsets());
  out.append(
      fmt::format("{} [{}]: {} missing: {}\n", of.topic, of.partition, which,
                  aborted ? "aborted records" : "markers, compaction or loss: cannot be told"));
}

void append_summary(output_buffer& out, std::span<const checked_partition> partitions, bool json,
                    bool coloured) {
  if (json) return append_json_summary(out, partitions);
  append_table(out, partitions, coloured);
  const totals sum = sum_of(partitions);
  out.append(fmt::format("\n{} partition{}, {} records, {}\n", partitions.size(),
                         partitions.size() == 1 ? "" : "s", sum.records, verdict_on(sum)));
}

}  // namespace logpipe::logcat
