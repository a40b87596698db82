#pragma once

#include "common/signals.hpp"
#include "topic_book.hpp"

#include <logpipe/kafka/producer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace logpipe::logtail {

/// Why nothing can be sent; it has been told.
struct not_connected {
  app::exit_code code;
};

/// Waits until the brokers have told of the topics in the book, and makes a producer that fits
/// them. `meanwhile` is called several times a second. Where the command line names one topic, it
/// has to be there; of several that are named by a template, those that are not are left to wait.
/// A signal ends the wait.
std::variant<std::unique_ptr<kafka::producer>, not_connected> connect(
    const plan& plan, topic_book& topics, app::broker_watch& brokers, app::messages& out,
    app::signal_watch& signals, std::optional<time_point> deadline,
    const std::function<void()>& meanwhile);

/// The longest line that fits a record of `max_message_bytes`, with some room for key and headers.
std::size_t most_of_a_line(std::uint64_t max_message_bytes);

/// A producer whose batches are smaller than what the topics take now. Asks the brokers for that,
/// for a second at most for each.
std::unique_ptr<kafka::producer> make_producer(const plan& plan, topic_book& topics);

}  // namespace logpipe::logtail
