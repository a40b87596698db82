#pragma once

#include <logpipe/base/clock.hpp>
#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/reader.hpp>

#include <cstddef>

// How much a reader holds at a time. For lib/kafka's sources only.

namespace logpipe::kafka {

/// `settings`, completed for a reader. What is a matter of speed or memory gives way to what
/// `settings` says of it, what the reader relies on does not.
config reader_settings(const config& settings, const reader::options& how);

/// Messages of one take from a queue.
std::size_t records_per_take(const reader::options& how) noexcept;

/// How often fetchers are woken while records come.
milliseconds wake_interval(const reader::options& how) noexcept;

}  // namespace logpipe::kafka
