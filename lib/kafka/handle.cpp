#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/error.hpp>
#include <logpipe/kafka/handle.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>

#include <fmt/core.h>

#include <array>

namespace logpipe::kafka {
namespace {

/// Called by rd_kafka_consume_batch_queue() alone, in its caller's thread: errors of the main queue
/// are events.
extern "C" void keep_complaint(rd_kafka_t* /*handle*/, int code, const char* reason,
                               void* complaints) {
  try {
    static_cast<std::vector<complaint>*>(complaints)
        ->push_back({static_cast<error_code>(code), reason});
  } catch (...) {
    // Out of memory: a complaint that matters is repeated.
  }
}

int events_of(role as) {
  constexpr int all = RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG;
  if (as == role::producer) return all | RD_KAFKA_EVENT_DR;
  if (as == role::group_member)
    return all | RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_OFFSET_COMMIT;
  return all;
}

}  // namespace

void handle_deleter::operator()(rd_kafka_s* handle) const noexcept {
  rd_kafka_destroy(handle);
}
void topic_deleter::operator()(rd_kafka_topic_s* topic) const noexcept {
  rd_kafka_topic_destroy(topic);
}
void queue_deleter::operator()(rd_kafka_queue_s* queue) const noexcept {
  rd_kafka_queue_destroy(queue);
}

handle_ptr make_handle(role as, const config& settings, std::vector<complaint>* complaints) {
  const bool produces = as == role::producer;
  config complete = settings;
  complete.set_default("client.id", "logpipe");
  complete.set_default("allow.auto.create.topics", produces ? "true" : "false");
  complete.force("log.queue", "true");
  // What is sent is a whole request: waiting for more only delays it.
  complete.set_default("socket.nagle.disable", "true");
  // As librdkafka comes, it may try a broker only every ten seconds once an outage has lasted, and
  // goes on from a first broker that refuses to the next in 50 ms, which is half of the backoff.
  if (!complete.get("reconnect.backoff.ms") && !complete.get("reconnect.backoff.max.ms")) {
    complete.set_default("reconnect.backoff.ms", "20");
    complete.set_default("reconnect.backoff.max.ms", "500");
  }

  conf_ptr conf(rd_kafka_conf_new());
  std::array<char, 512> reason{};
  for (const auto& [name, value] : complete.all()) {
    if (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), reason.data(), reason.size()) !=
        RD_KAFKA_CONF_OK) {
      throw config_error(is_secret(name) ? fmt::format("the value of \"{}\" is refused", name)
                                         : reason.data());
    }
  }
  if (complaints != nullptr) {
    rd_kafka_conf_set_opaque(conf.get(), complaints);
    rd_kafka_conf_set_error_cb(conf.get(), keep_complaint);
  }
  // Events instead of callbacks: nothing of ours runs on librdkafka's threads.
  rd_kafka_conf_set_events(conf.get(), events_of(as));

  handle_ptr handle(rd_kafka_new(produces ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, conf.get(),
                                 reason.data(), reason.size()));
  if (!handle) throw config_error(fmt::format("the configuration is refused: {}", reason.data()));
  static_cast<void>(conf.release());  // the handle owns it now
  rd_kafka_set_log_queue(handle.get(), nullptr);
  return handle;
}

}  // namespace logpipe::kafka
