#pragma once

#include "options.hpp"

#include <logpipe/format/text_template.hpp>
#include <logpipe/kafka/topics.hpp>
#include <logpipe/ship/composer.hpp>
#include <logpipe/ship/router.hpp>

#include <optional>

namespace logpipe::logtail {

// What becomes of a line. Each throws usage_error.

format::topic_template plan_topic(const options& options);
/// How a missing topic is made, but for its name; nothing: it is not.
std::optional<kafka::new_topic> plan_new_topic(const options& options);
ship::routing plan_routing(const options& options);
ship::composition plan_composition(const options& options);

}  // namespace logpipe::logtail
