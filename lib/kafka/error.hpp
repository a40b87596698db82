#pragma once

#include <stdexcept>
#include <string>

namespace logpipe::kafka {

/// librdkafka's error code (rd_kafka_resp_err_t) as a number, so that callers need not see its
/// header.
using error_code = int;

/// What a failure means for us, whichever call or report it came from.
enum class failure {
  none,
  /// No broker was reached, or it did not answer in time. Waited for.
  unreachable,
  /// The broker says no: authentication, authorization, certificate. Ends a bounded run.
  denied,
  /// Topic or partition is not there.
  missing,
  /// The record itself is too large for its topic; sending it again cannot help.
  too_large,
  /// The record is refused for good for another reason (INVALID_RECORD, INVALID_MSG, ...).
  invalid,
  /// The producer instance is unusable; a new one is needed.
  fatal,
  /// Anything else that may pass.
  other,
};

/// The one place where librdkafka's codes are told apart. The table stands at its definition.
failure classify(error_code code) noexcept;

/// "UNKNOWN_TOPIC_OR_PART" and "Broker: Unknown topic or partition".
const char* name_of(error_code code) noexcept;
const char* text_of(error_code code) noexcept;

/// A Kafka call that failed: what was asked for, and why it failed.
class kafka_error : public std::runtime_error {
public:
  /// `asked` reads like "metadata of topic test".
  kafka_error(error_code code, const std::string& asked, const std::string& detail = "");
  error_code code() const noexcept { return m_code; }
  failure kind() const noexcept { return classify(m_code); }
  /// A broker was asked and has not answered in time; with more time it may.
  bool timed_out() const noexcept;

private:
  error_code m_code;
};

/// The configuration is wrong: the text names the property and what to write instead.
class config_error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

}  // namespace logpipe::kafka
