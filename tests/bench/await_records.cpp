// Ends as soon as a topic holds a number of records:
//
//   await_records BROKERS TOPIC COUNT
//
// For a program that does not end when its work is done. It asks for the end offsets over one
// connection, which takes 3 % of a core, where a new kcat -Q for each look would be felt by what is
// measured. The topic must have been empty and not be written to by transactions. Exit code 1: for
// a minute no record came.
#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/handle.hpp>
#include <logpipe/kafka/topics.hpp>

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace logpipe;

constexpr milliseconds interval{10};
constexpr milliseconds answer_timeout{10'000};
constexpr std::chrono::seconds patience{60};

std::vector<std::int32_t> partitions_of(rd_kafka_s* handle, const std::string& topic) {
  std::vector<std::int32_t> numbers;
  for (const auto& partition : kafka::describe_topic(handle, topic, answer_timeout).partitions) {
    numbers.push_back(partition.id);
  }
  return numbers;
}

std::int64_t count(rd_kafka_s* handle, const std::string& topic,
                   const std::vector<std::int32_t>& partitions) {
  std::int64_t sum = 0;
  for (const auto& [partition, end] :
       kafka::list_offsets(handle, topic, partitions, kafka::offset_spec::end, answer_timeout)) {
    if (end.error != 0) throw kafka::kafka_error(end.error, "the end of " + topic);
    sum += end.offset;
  }
  return sum;
}

int run(const std::string& brokers, const std::string& topic, std::int64_t wanted) {
  kafka::config settings;
  settings.set("bootstrap.servers", brokers, "BROKERS");
  const auto handle = kafka::make_handle(kafka::role::consumer, settings);
  const auto partitions = partitions_of(handle.get(), topic);

  std::int64_t seen = 0;
  auto last_news = clock::now();
  while (seen < wanted) {
    const auto now = clock::now();
    const auto held = count(handle.get(), topic, partitions);
    if (held > seen) last_news = now;
    seen = held;
    if (now - last_news > patience) {
      fmt::print(stderr, "await_records: {} of {} records in {}\n", seen, wanted, topic);
      return 1;
    }
    std::this_thread::sleep_until(now + interval);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: await_records BROKERS TOPIC COUNT\n");
    return 2;
  }
  try {
    return run(argv[1], argv[2], std::stoll(argv[3]));
  } catch (const std::exception& error) {
    fmt::print(stderr, "await_records: {}\n", error.what());
    return 1;
  }
}
