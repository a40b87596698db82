#include "last_records.hpp"

#include "logcat/reading/whole_reading.hpp"

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
  read_whole(context, reader, parts, plan, sink, "what was read before was not all found");
  return std::move(sink).marks();
}

}  // namespace logpipe::logcat
