#pragma once

#include "assignment.hpp"
#include "logcat/run_context.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/reader.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>

namespace logpipe::logcat {

/// Tells of what committed isolation hides for the moment: offsets behind a transaction that is
/// open, where reading has come to its begin. Where uncommitted records are read there are none.
class open_transactions {
public:
  /// All must outlive it.
  open_transactions(run_context& context, kafka::reader& reader, const plan& plan)
      : m_context(context), m_reader(reader), m_plan(plan) {}

  /// To be called while a run follows. Asks nobody, but once for each transaction that has stood
  /// for ten seconds, over `handle`: that one is told, and when it is over.
  void look(const assignment& parts, rd_kafka_s* handle, time_point now);

  /// To be called when a bounded run has read all that it was to read. Asks the brokers where it
  /// cannot be ruled out; one that does not answer in time says nothing.
  void tell_at_end(const assignment& parts);

private:
  struct halt {
    std::int64_t at;
    time_point since;
    bool told = false;
  };
  void look_at(const reading& part, rd_kafka_s* handle, time_point now);
  void tell_at_end(std::span<const reading* const> suspects);
  void tell(const reading& part, std::int64_t offsets);
  bool applies() const noexcept {
    return m_plan.selection.isolation == kafka::isolation_level::committed;
  }

  run_context& m_context;
  kafka::reader& m_reader;
  const plan& m_plan;
  std::map<std::size_t, halt> m_halts;  // by the reading's index
  time_point m_last_look{};
};

}  // namespace logpipe::logcat
