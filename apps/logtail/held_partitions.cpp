#include "held_partitions.hpp"

#include <algorithm>

namespace logpipe::logtail {
namespace {

constexpr milliseconds patience_for_missing{2000};

}  // namespace

void held_partitions::add(const ship::held& held, time_point now) {
  m_held.try_emplace({held.topic, held.partition}, hold{kafka::classify(held.error), now});
}

bool held_partitions::any_for_good(time_point now) const {
  return std::any_of(m_held.begin(), m_held.end(), [&](const auto& entry) {
    const hold& held = entry.second;
    return held.why == kafka::failure::denied || held.why == kafka::failure::invalid ||
           (held.why == kafka::failure::missing && now - held.since >= patience_for_missing);
  });
}

}  // namespace logpipe::logtail
