#include "at.hpp"

#include "logcat/reading/whole_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>

namespace logpipe::logcat {
namespace {

using app::exit_code;

/// Notes whether a record came by on its way to another sink; without one it goes nowhere.
class noticing_sink : public record_sink {
public:
  explicit noticing_sink(record_sink* to) : m_to(to) {}

  std::size_t take(std::span<const record> run) override {
    m_noticed = true;
    return m_to != nullptr ? m_to->take(run) : run.size();
  }
  void flush() override {
    if (m_to != nullptr) m_to->flush();
  }
  bool enough() const override { return m_to != nullptr && m_to->enough(); }
  bool noticed() const noexcept { return m_noticed; }

private:
  record_sink* m_to;
  bool m_noticed = false;
};

class places {
public:
  places(run_context& context, kafka::reader& reader, const plan& plan)
      : m_context(context), m_reader(reader), m_plan(plan) {}

  /// Whether there is such a record; it was given to the sink then.
  bool print(const partition_log& log, std::int64_t offset, record_sink& sink) {
    return offset >= log.begin && offset < log.end && read(m_reader, log, offset, &sink);
  }
  /// What is known of a record that is not there.
  std::string explain(const partition_log& log, std::int64_t offset);

private:
  bool read(kafka::reader& reader, const partition_log& log, std::int64_t offset,
            record_sink* sink);
  kafka::reader& uncommitted();

  run_context& m_context;
  kafka::reader& m_reader;
  const plan& m_plan;
  std::unique_ptr<kafka::reader> m_uncommitted;
};

bool places::read(kafka::reader& reader, const partition_log& log, std::int64_t offset,
                  record_sink* sink) {
  assignment parts;
  parts.add({log.topic, log.partition, offset, offset + 1});
  noticing_sink noticing(sink);
  read_whole(m_context, reader, parts, m_plan, noticing, "not all were read");
  return noticing.noticed();
}

std::string places::explain(const partition_log& log, std::int64_t offset) {
  const auto whole = m_context.ask(&uncommitted(), [&](milliseconds timeout) {
    return ask_offsets(uncommitted().handle(), log.topic, log.partition, timeout);
  });
  if (offset < whole.begin) return fmt::format("it is gone: the log starts at {}", whole.begin);
  if (offset >= whole.end) return fmt::format("it is not there yet: the log ends at {}", whole.end);
  if (offset >= log.end) {
    return fmt::format("it is behind an open transaction: the last stable offset is {}", log.end);
  }
  if (read(uncommitted(), log, offset, nullptr)) {
    return "it is aborted: the transaction that it belongs to was rolled back";
  }
  return "no record has this offset: it is a transaction's marker, or compaction took it away";
}

kafka::reader& places::uncommitted() {
  if (!m_uncommitted) {
    m_uncommitted = std::make_unique<kafka::reader>(
        m_plan.connection.settings,
        kafka::reader::options{.bounded = true, .isolation = kafka::isolation_level::uncommitted});
  }
  return *m_uncommitted;
}

}  // namespace

exit_code print_at(run_context& context, kafka::reader& reader, const plan& plan,
                   const std::vector<partition_log>& logs, record_sink& sink) {
  places places(context, reader, plan);
  exit_code code = exit_code::success;
  for (const auto& wanted : plan.selection.at) {
    if (sink.enough()) break;
    const auto log = std::find_if(logs.begin(), logs.end(), [&](const partition_log& each) {
      return each.partition == wanted.partition;
    });
    if (places.print(*log, wanted.offset, sink)) continue;
    sink.flush();
    context.messages().error("{} [{}] {}: {}", log->topic, log->partition, wanted.offset,
                             places.explain(*log, wanted.offset));
    code = exit_code::unmet;
  }
  sink.flush();
  return code;
}

}  // namespace logpipe::logcat
