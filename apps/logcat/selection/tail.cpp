#include "tail.hpp"

#include "logcat/reading/whole_reading.hpp"
#include "newest_records.hpp"
#include "tail_window.hpp"

#include <algorithm>

namespace logpipe::logcat {
namespace {

bool same_partition(const record& a, const record& b) {
  return a.partition == b.partition && a.topic == b.topic;
}

/// Shows each record of the windows to their books and to `show`.
template <typename Show>
class window_sink : public record_sink {
public:
  window_sink(assignment& parts, const std::vector<tail_window*>& windows, Show& show)
      : m_parts(parts), m_windows(windows), m_show(show) {}

  std::size_t take(std::span<const record> run) override {
    tail_window& window = *m_windows[m_parts.find(run.front().topic, run.front().partition)->index];
    for (const record& each : run) {
      window.saw(each.offset);
      m_show(each);
    }
    return run.size();
  }
  void flush() override {}
  bool enough() const override { return false; }

private:
  assignment& m_parts;
  const std::vector<tail_window*>& m_windows;
  Show& m_show;
};

/// Reads, for each log side by side, windows from the end backwards until `wanted` records were
/// seen or the log's start is reached. With `read_all`, windows that need not be counted are read
/// too.
template <typename Show>
std::vector<tail_window> read_windows(run_context& context, kafka::reader& reader, const plan& plan,
                                      const std::vector<partition_log>& logs, std::int64_t wanted,
                                      bool read_all, Show show) {
  std::vector<tail_window> windows;
  windows.reserve(logs.size());
  for (const auto& log : logs) {
    windows.emplace_back(log.begin, log.end, wanted);
  }
  for (bool first = true;; first = false) {
    assignment parts;
    std::vector<tail_window*> open;
    for (std::size_t i = 0; i < logs.size(); ++i) {
      tail_window& window = windows[i];
      if (window.complete() && !(first && read_all)) continue;
      parts.add({logs[i].topic, logs[i].partition, window.from(), window.to()});
      open.push_back(&window);
    }
    if (open.empty()) return windows;
    window_sink<Show> sink(parts, open, show);
    read_whole(context, reader, parts, plan, sink, "the last ones were not all found");
    for (tail_window* window : open) {
      window->finish_window();
    }
  }
}

}  // namespace

std::vector<std::int64_t> find_last_starts(run_context& context, kafka::reader& reader,
                                           const plan& plan, const std::vector<partition_log>& logs,
                                           std::int64_t wanted) {
  const auto ignore = [](const record&) {};
  const auto windows = read_windows(context, reader, plan, logs, wanted, false, ignore);
  std::vector<std::int64_t> starts;
  starts.reserve(windows.size());
  for (const auto& window : windows) {
    starts.push_back(window.start());
  }
  return starts;
}

std::vector<owned_record> collect_newest(run_context& context, kafka::reader& reader,
                                         const plan& plan, const std::vector<partition_log>& logs,
                                         std::int64_t wanted) {
  newest_records newest(static_cast<std::size_t>(wanted));
  read_windows(context, reader, plan, logs, wanted, true,
               [&](const record& record) { newest.add(record); });
  return newest.take();
}

void give_to(record_sink& sink, std::span<const owned_record> records) {
  std::vector<record> run;
  for (std::size_t i = 0; i < records.size() && !sink.enough(); ++i) {
    run.push_back(records[i].get());
    const bool goes_on = i + 1 < records.size() && same_partition(run.back(), records[i + 1].get());
    if (goes_on) continue;
    sink.take(run);
    run.clear();
  }
  sink.flush();
}

}  // namespace logpipe::logcat
