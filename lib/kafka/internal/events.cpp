#include <logpipe/kafka/internal/events.hpp>

#include <array>

namespace logpipe::kafka {
namespace {

notice::kind kind_of(error_code code) {
  switch (classify(code)) {
    case failure::unreachable:
      return notice::kind::unreachable;
    case failure::denied:
      return notice::kind::denied;
    case failure::fatal:
      return notice::kind::fatal;
    default:
      return notice::kind::other;
  }
}

notice fatal_notice(rd_kafka_t* handle) {
  // The event's own code is just _FATAL; the reason stays with the handle.
  std::array<char, 512> reason{};
  const auto code = rd_kafka_fatal_error(handle, reason.data(), reason.size());
  return {notice::kind::fatal, code, reason.data()};
}

}  // namespace

std::optional<notice> notice_of(rd_kafka_t* handle, rd_kafka_event_t* event) {
  switch (rd_kafka_event_type(event)) {
    case RD_KAFKA_EVENT_ERROR: {
      if (rd_kafka_event_error_is_fatal(event) != 0) return fatal_notice(handle);
      const error_code code = rd_kafka_event_error(event);
      return notice{kind_of(code), code, rd_kafka_event_error_string(event)};
    }
    case RD_KAFKA_EVENT_LOG: {
      const char* facility = nullptr;
      const char* text = nullptr;
      int level = 0;
      if (rd_kafka_event_log(event, &facility, &text, &level) != 0) return std::nullopt;
      return notice{notice::kind::log, 0, std::string(facility) + ": " + text};
    }
    default:
      return std::nullopt;
  }
}

}  // namespace logpipe::kafka
