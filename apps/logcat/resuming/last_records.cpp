#include "last_records.hpp"

#include "logcat/reading/topic_reader.hpp"

#include <logpipe/base/parse.hpp>

namespace logpipe::logcat {
namespace {

/// Takes the marks of all records, by reading::index.
class mark_sink final : public record_sink {
public:
  explicit mark_sink(assignment& parts) : m_parts(parts), m_marks(parts.size()) {}

  std::size_t take(std::span<const record> run) override {
    for (const record& each : run) {
      m_marks[m_parts.find(each.topic, each.partition)->index] = mark_of(each);
    }
    return run.size();
  }
  void flush() override {}
  bool enough() const override { return false; }

  std::vector<std::optional<record_mark>> marks() && { return std::move(m_marks); }

private:
  assignment& m_parts;
  std::vector<std::optional<record_mark>> m_marks;
};

void require_done(run_context& context, const plan& plan, loop_end end) {
  switch (end) {
    case loop_end::done:
    case loop_end::enough:
      return;
    case loop_end::signal:
      throw run_ended{context.signal_code()};
    case loop_end::timeout:
      context.end_at_limit();
    case loop_end::idle:
      break;
  }
  context.messages().error("no record came for {}; what was read before was not all found",
                           format_duration(*plan.selection.idle));
  throw run_ended{app::exit_code::incomplete};
}

}  // namespace

std::vector<std::optional<record_mark>> read_again(run_context& context, kafka::reader& reader,
                                                   const plan& plan,
                                                   const std::vector<record_address>& places) {
  if (places.empty()) return {};
  assignment parts;
  for (const auto& place : places) {
    parts.add({place.topic, place.partition, place.offset, place.offset + 1});
  }
  mark_sink sink(parts);
  topic_reader loop(context, reader, parts, plan);
  require_done(context, plan, loop.read_into(sink));
  for (const auto& part : parts) {
    reader.stop(part.topic, part.partition);
  }
  return std::move(sink).marks();
}

}  // namespace logpipe::logcat
