#pragma once

#include "common/broker_watch.hpp"
#include "common/signals.hpp"
#include "plan.hpp"

#include <logpipe/kafka/producer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace logpipe::logtail {

/// A topic that is there, and a producer that is fit for it.
struct open_topic {
  std::unique_ptr<kafka::producer> producer;
  std::int32_t partitions = 0;
};

/// How opening went without one.
struct not_opened {
  app::exit_code code;
};

/// Waits for a broker and asks it for the topic. A topic that is missing is given 2 s, since
/// brokers that make topics by themselves say "unknown" at first. `meanwhile` is called several
/// times a second. Why it did not open has been told; a signal ends the wait.
std::variant<open_topic, not_opened> connect(const plan& plan, app::messages& out,
                                             app::broker_watch& brokers, app::signal_watch& signals,
                                             std::optional<time_point> deadline,
                                             const std::function<void()>& meanwhile);

/// A producer for the plan's topic whose batches are smaller than what the topic takes now. Asks
/// the broker for that, for a second at most.
std::unique_ptr<kafka::producer> make_producer(const plan& plan);

}  // namespace logpipe::logtail
