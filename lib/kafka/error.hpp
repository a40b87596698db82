#pragma once

#include <stdexcept>
#include <string>

namespace logpipe::kafka {

/// librdkafka's error code (rd_kafka_resp_err_t) as a number, so that callers need not see its
/// header.
using error_code = int;

/// What a failure means for us, whichever call or report it came from. It decides alone what comes
/// of it:
///
///   kind         a record, and its partition            a question            a bounded run
///   -----------  -------------------------------------  --------------------  ----------------
///   (retriable)  librdkafka sends again, in order, for  asked again           goes on
///                as long as it takes; never reported
///   unreachable  waits in librdkafka; told after 2 s    asked again           waits for
///                                                                             --connect-timeout,
///                                                                             then 3
///   denied       waits: its partition holds it and      before the first      1 at once
///                tries again; others go on              success 1, later
///                                                       asked again
///   missing      the same, tried each second            asked again for 2 s,  1 after 2 s
///                                                       then 1
///   other        the same, with longer and longer       asked again           goes on; 3 at
///                rests of at most 5 s                                         --timeout
///   too_large    together: sent again, at last one by   -                     goes on, 1 at
///                one; alone: passed over                                      its end
///   invalid      together: one by one; alone: its       -                     1 at once; with
///                partition holds it and tries again                           --rejected goes
///                each minute; with --rejected passed                          on, 1 at its end
///                over
///   fatal        all that is not confirmed is sent      a new handle          goes on
///                again by a new producer
///
/// A follower ends for none of these after its first success. What waits keeps its position where
/// it is; what is passed over is told and counted.
///
/// Retriable is what librdkafka 2.0 takes for passing when it produces: NOT_LEADER_FOR_PARTITION,
/// LEADER_NOT_AVAILABLE, NOT_ENOUGH_REPLICAS(_AFTER_APPEND), KAFKA_STORAGE_ERROR, _TRANSPORT,
/// _TIMED_OUT, UNKNOWN_TOPIC_OR_PART (until metadata says so too), OUT_OF_ORDER_SEQUENCE_NUMBER
/// behind a batch that failed. With message.timeout.ms=0 it never gives these up.
enum class failure {
  none,
  /// No broker was reached, or it did not answer in time.
  unreachable,
  /// The broker says no: authentication, authorization, certificate.
  denied,
  /// Topic or partition is not there.
  missing,
  /// The record itself is too large for its topic; sending it again cannot help.
  too_large,
  /// The record is refused for good for another reason (INVALID_RECORD, INVALID_MSG, ...).
  invalid,
  /// The producer instance is unusable.
  fatal,
  /// Anything else that may pass.
  other,
};

/// A record names a partition that its topic does not have (_UNKNOWN_PARTITION).
extern const error_code no_such_partition;

/// The one place where librdkafka's codes are told apart.
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

/// A property that is not the user's to set. The text says why; what the program has instead is its
/// own to add.
class owned_property : public config_error {
public:
  /// `property`: the name that stands for all its aliases.
  owned_property(std::string property, const std::string& text)
      : config_error(text), m_property(std::move(property)) {}
  const std::string& property() const noexcept { return m_property; }

private:
  std::string m_property;
};

}  // namespace logpipe::kafka
