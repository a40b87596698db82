#pragma once

namespace logpipe::logcat {

/// Whether a partition's log is the one that was read before. A topic that is made anew keeps its
/// name, and librdkafka 2.0 knows no topic ids: what stands in the log has to tell.
enum class sameness {
  same,
  /// It ends before the position.
  shorter,
  /// Another record stands where the last one was read.
  another,
  /// That record is gone, or none was read: it cannot be told.
  unknown,
};

/// The topic was certainly made anew.
constexpr bool is_another_log(sameness found) noexcept {
  return found == sameness::shorter || found == sameness::another;
}

}  // namespace logpipe::logcat
