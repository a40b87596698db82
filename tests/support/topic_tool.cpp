// What tests do to topics of a real broker (LOGPIPE_TEST_BROKERS or --brokers), in some ten
// milliseconds where Kafka's own tools take a second and a half.
//
//   topic_tool [--brokers LIST] create TOPIC PARTITIONS [KEY=VALUE]...
//   topic_tool ... delete TOPIC
//   topic_tool ... grow TOPIC PARTITIONS
//   topic_tool ... set TOPIC KEY=VALUE...
//   topic_tool ... truncate TOPIC PARTITION OFFSET    deletes the records before OFFSET
//   topic_tool ... deny TOPIC                         nobody may touch it; 4: no authorizer
//   topic_tool ... allow TOPIC                        takes that back
//   topic_tool ... write TOPIC PARTITION              a record for each line "TIMESTAMP VALUE" of
//   stdin topic_tool ... commit|abort TOPIC N [PARTITION]   N records (0, 1, ...) in one
//   transaction
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <support/topic_admin.hpp>
#include <vector>

namespace {

using namespace logpipe::test;
using arguments = std::vector<std::string>;

const std::string& argument(const arguments& given, std::size_t index) {
  if (index >= given.size()) throw std::invalid_argument("an argument is missing");
  return given[index];
}

int number(const arguments& given, std::size_t index) {
  return std::stoi(argument(given, index));
}

settings settings_from(const arguments& given, std::size_t first) {
  settings parsed;
  for (std::size_t i = first; i < given.size(); ++i) {
    const auto equals = given[i].find('=');
    if (equals == std::string::npos) throw std::invalid_argument(given[i]);
    parsed.emplace_back(given[i].substr(0, equals), given[i].substr(equals + 1));
  }
  return parsed;
}

void check_and_free(rd_kafka_error_t* error) {
  const logpipe::kafka::owned_ptr<rd_kafka_error_t, rd_kafka_error_destroy> owned(error);
  if (error != nullptr) throw std::runtime_error(rd_kafka_error_string(error));
}

void produce(rd_kafka_t* client, const std::string& topic, std::int32_t partition, int records) {
  const logpipe::kafka::owned_ptr<rd_kafka_topic_t, rd_kafka_topic_destroy> local(
      rd_kafka_topic_new(client, topic.c_str(), nullptr));
  for (int i = 0; i < records; ++i) {
    std::string value = std::to_string(i);
    if (rd_kafka_produce(local.get(), partition, RD_KAFKA_MSG_F_COPY, value.data(), value.size(),
                         nullptr, 0, nullptr) != 0) {
      check(rd_kafka_last_error(), "produce");
    }
  }
  check(rd_kafka_flush(client, 20000), "flush");
}

void produce_at(rd_kafka_t* client, const std::string& topic, std::int32_t partition,
                std::int64_t timestamp, std::string& value) {
  std::array<rd_kafka_vu_t, 5> fields{};
  fields[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  fields[0].u.cstr = topic.c_str();
  fields[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  fields[1].u.i32 = partition;
  fields[2].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
  fields[2].u.i64 = timestamp;
  fields[3].vtype = RD_KAFKA_VTYPE_VALUE;
  fields[3].u.mem = {value.data(), value.size()};
  fields[4].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  fields[4].u.i = RD_KAFKA_MSG_F_COPY;
  check_and_free(rd_kafka_produceva(client, fields.data(), fields.size()));
}

void write_lines(const std::string& brokers, const arguments& given) {
  const auto client = make_producer({{"bootstrap.servers", brokers}});
  std::int64_t timestamp = 0;
  std::string value;
  while (std::cin >> timestamp && std::getline(std::cin >> std::ws, value)) {
    produce_at(client.get(), argument(given, 1), number(given, 2), timestamp, value);
  }
  check(rd_kafka_flush(client.get(), 20000), "flush");
}

void transaction(const std::string& brokers, const arguments& given) {
  const std::string& topic = argument(given, 1);
  const auto client =
      make_producer({{"bootstrap.servers", brokers}, {"transactional.id", "topic_tool-" + topic}});
  check_and_free(rd_kafka_init_transactions(client.get(), 20000));
  check_and_free(rd_kafka_begin_transaction(client.get()));
  produce(client.get(), topic, given.size() > 3 ? number(given, 3) : 0, number(given, 2));
  check_and_free(given[0] == "abort" ? rd_kafka_abort_transaction(client.get(), 20000)
                                     : rd_kafka_commit_transaction(client.get(), 20000));
}

int run(arguments given) {
  const char* environment = std::getenv("LOGPIPE_TEST_BROKERS");
  std::string brokers = environment == nullptr ? "localhost:9092" : environment;
  if (!given.empty() && given[0] == "--brokers") {
    brokers = argument(given, 1);
    given.erase(given.begin(), given.begin() + 2);
  }
  topic_admin admin(brokers);
  const std::string& command = argument(given, 0);
  const std::string& topic = argument(given, 1);
  const std::map<std::string_view, std::function<void()>> commands{
      {"create", [&] { admin.create(topic, number(given, 2), settings_from(given, 3)); }},
      {"delete", [&] { admin.remove(topic); }},
      {"grow", [&] { admin.grow(topic, number(given, 2)); }},
      {"set", [&] { admin.set(topic, settings_from(given, 2)); }},
      {"truncate", [&] { admin.truncate(topic, number(given, 2), number(given, 3)); }},
      {"deny", [&] { admin.deny(topic); }},
      {"allow", [&] { admin.allow(topic); }},
      {"write", [&] { write_lines(brokers, given); }},
      {"commit", [&] { transaction(brokers, given); }},
      {"abort", [&] { transaction(brokers, given); }},
  };
  const auto found = commands.find(command);
  if (found == commands.end()) throw std::invalid_argument(command);
  found->second();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(arguments(argv + 1, argv + argc));
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "topic_tool: not understood: %s\n", error.what());
    return 2;
  } catch (const std::domain_error& error) {
    std::fprintf(stderr, "topic_tool: %s\n", error.what());
    return 4;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "topic_tool: %s\n", error.what());
    return 1;
  }
}
