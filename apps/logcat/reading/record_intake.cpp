#include "record_intake.hpp"

#include <algorithm>
#include <cstddef>

namespace logpipe::logcat {
namespace {

/// How many of the first records are of one partition. A topic's name stands at one place in
/// librdkafka; two places only make two runs of one.
std::size_t length_of_run(std::span<const record> records) noexcept {
  const record& first = records.front();
  std::size_t length = 1;
  while (length < records.size() && records[length].partition == first.partition &&
         records[length].topic.data() == first.topic.data()) {
    ++length;
  }
  return length;
}

/// Those with offsets in [first, end).
std::span<const record> within(const stretch& wanted, std::span<const record> run) noexcept {
  const auto before = [](const record& each, std::int64_t offset) { return each.offset < offset; };
  if (run.front().offset < wanted.first) {
    const auto begin = std::lower_bound(run.begin(), run.end(), wanted.first, before);
    run = run.subspan(static_cast<std::size_t>(begin - run.begin()));
  }
  if (!run.empty() && run.back().offset >= wanted.end) {
    const auto end = std::lower_bound(run.begin(), run.end(), wanted.end, before);
    run = run.first(static_cast<std::size_t>(end - run.begin()));
  }
  return run;
}

}  // namespace

bool record_intake::take(std::span<const record> records) {
  while (!records.empty()) {
    const auto run = records.first(length_of_run(records));
    reading* const part = m_parts.find(run.front().topic, run.front().partition);
    if (part != nullptr && !take_run(*part, run)) return false;
    records = records.subspan(run.size());
  }
  return true;
}

bool record_intake::take_run(reading& part, std::span<const record> run) {
  if (part.done()) return true;
  const auto wanted = within(part, run);
  const bool all = part.window.all() ? give(part, wanted) : give_in_window(part, wanted);
  if (all) part.came(run.back());
  return !m_sink.enough();
}

bool record_intake::give(reading& part, std::span<const record> wanted) {
  if (wanted.empty()) return true;
  const std::size_t taken = m_sink.take(wanted);
  if (taken == wanted.size()) return true;
  if (taken > 0) part.came(wanted[taken - 1]);
  m_parts.close(part, wanted[taken].offset);
  return false;
}

// In runs of those that lie within the window.
bool record_intake::give_in_window(reading& part, std::span<const record> records) {
  std::size_t first = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (part.window.takes(records[i])) continue;
    if (!give(part, records.subspan(first, i - first))) return false;
    if (part.window.over()) {
      m_parts.close(part, records[i].offset);
      return true;
    }
    first = i + 1;
  }
  return give(part, records.subspan(first));
}

}  // namespace logpipe::logcat
