#include <logpipe/kafka/internal/rdkafka_ptr.hpp>

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>
#include <support/mock_cluster.hpp>
#include <tuple>

namespace logpipe::test {
namespace {

using kafka::conf_ptr;
using kafka::message_ptr;
using kafka::metadata_ptr;
using kafka::owned_ptr;
using kafka::partition_list_ptr;
using client_ptr = owned_ptr<rd_kafka_t, rd_kafka_destroy>;
using cluster_ptr = owned_ptr<rd_kafka_mock_cluster_t, rd_kafka_mock_cluster_destroy>;
using topic_ptr = owned_ptr<rd_kafka_topic_t, rd_kafka_topic_destroy>;
using queue_ptr = owned_ptr<rd_kafka_queue_t, rd_kafka_queue_destroy>;
using error_ptr = owned_ptr<rd_kafka_error_t, rd_kafka_error_destroy>;
using settings = std::initializer_list<std::pair<const char*, std::string>>;

constexpr int patience = 10000;  // milliseconds, for each answer of a broker in this process

void check(rd_kafka_resp_err_t error, const std::string& what) {
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw std::runtime_error("mock cluster, " + what + ": " + rd_kafka_err2str(error));
  }
}

client_ptr make_client(rd_kafka_type_t type, settings with) {
  conf_ptr conf(rd_kafka_conf_new());
  std::array<char, 256> reason{};
  for (const auto& [name, value] : with) {
    if (rd_kafka_conf_set(conf.get(), name, value.c_str(), reason.data(), reason.size()) !=
        RD_KAFKA_CONF_OK) {
      throw std::runtime_error(reason.data());
    }
  }
  client_ptr client(rd_kafka_new(type, conf.get(), reason.data(), reason.size()));
  if (!client) throw std::runtime_error(reason.data());
  static_cast<void>(conf.release());  // the client owns it now
  return client;
}

int partitions_of(rd_kafka_t* client, rd_kafka_topic_t* topic) {
  const rd_kafka_metadata_t* answer = nullptr;
  check(rd_kafka_metadata(client, 0, topic, &answer, patience), "metadata");
  const metadata_ptr metadata(answer);
  check(metadata->topics[0].err, "metadata of a topic");
  return metadata->topics[0].partition_cnt;
}

decltype(rd_kafka_vu_t{}.u.mem) memory_of(const std::string& text) {
  // It is copied; librdkafka's C interface has no const.
  return {const_cast<char*>(text.data()), text.size()};  // NOLINT(*-const-cast)
}

std::optional<std::string> text_of(const void* data, std::size_t size) {
  if (data == nullptr) return std::nullopt;
  return std::string(static_cast<const char*>(data), size);
}

std::vector<std::pair<std::string, std::optional<std::string>>> headers_of(
    const rd_kafka_message_t& message) {
  std::vector<std::pair<std::string, std::optional<std::string>>> found;
  rd_kafka_headers_t* headers = nullptr;  // the message's
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return found;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  while (rd_kafka_header_get_all(headers, found.size(), &name, &value, &size) ==
         RD_KAFKA_RESP_ERR_NO_ERROR) {
    found.emplace_back(name, text_of(value, size));
  }
  return found;
}

}  // namespace

struct mock_cluster::state {
  client_ptr client;
  cluster_ptr cluster;
};

// Its log would be printed by librdkafka; what a test is about reaches it as errors of the clients.
mock_cluster::mock_cluster(int brokers) : m_state(std::make_unique<state>()) {
  m_state->client = make_client(RD_KAFKA_PRODUCER, {{"log_level", "0"}});
  m_state->cluster.reset(rd_kafka_mock_cluster_new(m_state->client.get(), brokers));
  if (!m_state->cluster) throw std::runtime_error("mock cluster cannot be made");
}

// librdkafka takes a second for it: a thread of its own is told to end before it can.
mock_cluster::~mock_cluster() = default;

std::string mock_cluster::brokers() const {
  return rd_kafka_mock_cluster_bootstraps(m_state->cluster.get());
}

void mock_cluster::make_topic(const std::string& name, int partitions) {
  check(rd_kafka_mock_topic_create(m_state->cluster.get(), name.c_str(), partitions, 1),
        "topic " + name);
}

void mock_cluster::lead(const std::string& topic, std::int32_t partition, std::int32_t broker) {
  check(
      rd_kafka_mock_partition_set_leader(m_state->cluster.get(), topic.c_str(), partition, broker),
      "leader of " + topic);
}

void mock_cluster::fail_next(request which, std::initializer_list<int> errors) {
  std::vector<rd_kafka_resp_err_t> codes;
  for (const int error : errors) {
    codes.push_back(static_cast<rd_kafka_resp_err_t>(error));
  }
  rd_kafka_mock_push_request_errors_array(m_state->cluster.get(), static_cast<std::int16_t>(which),
                                          codes.size(), codes.data());
}

void mock_cluster::topic_error(const std::string& topic, int error) {
  rd_kafka_mock_topic_set_error(m_state->cluster.get(), topic.c_str(),
                                static_cast<rd_kafka_resp_err_t>(error));
}

void mock_cluster::broker_down(std::int32_t broker) {
  check(rd_kafka_mock_broker_set_down(m_state->cluster.get(), broker), "broker down");
}

void mock_cluster::broker_up(std::int32_t broker) {
  check(rd_kafka_mock_broker_set_up(m_state->cluster.get(), broker), "broker up");
}

void mock_cluster::slow_down(std::int32_t broker, std::chrono::milliseconds round_trip) {
  check(rd_kafka_mock_broker_set_rtt(m_state->cluster.get(), broker,
                                     static_cast<int>(round_trip.count())),
        "round trip");
}

void mock_cluster::write(const std::string& topic, std::int32_t partition,
                         const std::vector<plain_record>& records) const {
  const auto client = make_client(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers()}});
  for (const auto& record : records) {
    std::vector<rd_kafka_vu_t> fields;
    const auto add = [&](rd_kafka_vtype_t type) -> rd_kafka_vu_t& {
      return fields.emplace_back(rd_kafka_vu_t{.vtype = type, .u = {}});
    };
    add(RD_KAFKA_VTYPE_TOPIC).u.cstr = topic.c_str();
    add(RD_KAFKA_VTYPE_PARTITION).u.i32 = partition;
    add(RD_KAFKA_VTYPE_MSGFLAGS).u.i = RD_KAFKA_MSG_F_COPY;
    if (record.timestamp != 0) add(RD_KAFKA_VTYPE_TIMESTAMP).u.i64 = record.timestamp;
    if (record.key) add(RD_KAFKA_VTYPE_KEY).u.mem = memory_of(*record.key);
    if (record.value) add(RD_KAFKA_VTYPE_VALUE).u.mem = memory_of(*record.value);
    for (const auto& [name, value] : record.headers) {
      auto& header = add(RD_KAFKA_VTYPE_HEADER).u.header;
      header.name = name.c_str();
      header.val = value ? value->data() : nullptr;
      header.size = value ? static_cast<ssize_t>(value->size()) : 0;
    }
    const error_ptr error(rd_kafka_produceva(client.get(), fields.data(), fields.size()));
    if (error) throw std::runtime_error(rd_kafka_error_string(error.get()));
  }
  check(rd_kafka_flush(client.get(), patience), "writing to " + topic);
}

std::vector<stored_record> mock_cluster::records_of(const std::string& topic,
                                                    std::chrono::milliseconds bound) const {
  const auto client = make_client(RD_KAFKA_CONSUMER,
                                  {{"bootstrap.servers", brokers()}, {"fetch.wait.max.ms", "5"}});
  const topic_ptr local(rd_kafka_topic_new(client.get(), topic.c_str(), nullptr));
  const queue_ptr queue(rd_kafka_queue_new(client.get()));

  std::int64_t expected = 0;
  const int partitions = partitions_of(client.get(), local.get());
  for (int partition = 0; partition < partitions; ++partition) {
    std::int64_t first = 0;
    std::int64_t end = 0;
    check(rd_kafka_query_watermark_offsets(client.get(), topic.c_str(), partition, &first, &end,
                                           patience),
          "watermarks of " + topic);
    expected += end - first;
    rd_kafka_consume_start_queue(local.get(), partition, first, queue.get());
  }

  std::vector<stored_record> records;
  const auto deadline = std::chrono::steady_clock::now() + bound;
  while (static_cast<std::int64_t>(records.size()) < expected) {
    if (std::chrono::steady_clock::now() >= deadline) {
      throw std::runtime_error(topic + ": " + std::to_string(records.size()) + " of " +
                               std::to_string(expected) + " records were read in time");
    }
    const message_ptr message(rd_kafka_consume_queue(queue.get(), 100));
    if (!message || message->err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    records.push_back({message->partition, message->offset, text_of(message->key, message->key_len),
                       text_of(message->payload, message->len), headers_of(*message),
                       rd_kafka_message_timestamp(message.get(), nullptr)});
  }
  for (int partition = 0; partition < partitions; ++partition) {
    rd_kafka_consume_stop(local.get(), partition);
  }
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return std::tie(a.partition, a.offset) < std::tie(b.partition, b.offset);
  });
  return records;
}

std::optional<kept_offset> mock_cluster::committed(const std::string& group,
                                                   const std::string& topic,
                                                   std::int32_t partition) const {
  const auto client =
      make_client(RD_KAFKA_CONSUMER, {{"bootstrap.servers", brokers()}, {"group.id", group}});
  const partition_list_ptr list(rd_kafka_topic_partition_list_new(1));
  auto* asked = rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
  check(rd_kafka_committed(client.get(), list.get(), patience), "committed offset");
  if (asked->offset < 0) return std::nullopt;
  const auto metadata = text_of(asked->metadata, asked->metadata_size);
  return kept_offset{asked->offset, metadata.value_or("")};
}

std::vector<std::string> mock_cluster::values_of(const std::string& topic) const {
  std::vector<std::string> values;
  for (const auto& record : records_of(topic)) {
    values.push_back(record.value.value_or("(null)"));
  }
  return values;
}

}  // namespace logpipe::test
