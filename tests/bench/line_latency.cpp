// How long a line takes from the file it is written to, by way of whoever follows that file, to a
// consumer:
//
//   line_latency BROKERS TOPIC LINES INTERVAL FILE
//   line_latency BROKERS TOPIC LINES INTERVAL --direct
//
// Appends a line to FILE every INTERVAL milliseconds and reads TOPIC, which must be empty, as long
// as it takes; prints the microseconds from just before write(2) to the record in the consumer's
// hands, one number for each line. Writer and reader are one thread, which stands in poll(2), so
// that one clock tells both and none waits for the other. With --direct the lines are produced
// here: what broker and consumer take by themselves.
//
// It does not begin to measure before lines arrive, and goes on to write until all that it measured
// are there, for some programs hold back what does not fill a block. Exit code 1: for a minute no
// line arrived.
#include "stopwatch.hpp"

#include <logpipe/base/fd.hpp>
#include <logpipe/kafka/producer.hpp>
#include <logpipe/kafka/reader.hpp>
#include <logpipe/kafka/topics.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace logpipe;

constexpr milliseconds answer_timeout{10'000};
constexpr std::chrono::seconds patience{60};

struct plan {
  std::string brokers;
  std::string topic;
  std::size_t lines = 0;
  milliseconds interval{};
  std::string file;
  bool direct() const { return file == "--direct"; }
};

kafka::config settings_of(const plan& plan) {
  kafka::config settings;
  settings.set("bootstrap.servers", plan.brokers, "BROKERS");
  return settings;
}

/// Takes a line, without its end.
using writer = std::function<void(const std::string& line)>;

writer append_to(const std::string& path) {
  const auto file = std::make_shared<fd>(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  if (!*file) throw_errno(path);
  return [file, path](const std::string& line) {
    const std::string text = line + '\n';
    const auto written = ::write(file->get(), text.data(), text.size());
    if (written != static_cast<ssize_t>(text.size())) throw_errno(path);
  };
}

/// Produces lines, each at once.
class direct_writer : kafka::delivery_sink {
public:
  explicit direct_writer(const plan& plan)
      : m_producer(at_once(plan)), m_topic(m_producer.add_topic(plan.topic)) {}
  void operator()(const std::string& line) {
    const std::string_view payload = m_sent.emplace_back(line);
    m_producer.send({.topic = m_topic, .partition = 0}, {&payload, 1}, std::nullopt, nullptr,
                    m_refused);
    m_producer.serve(*this, milliseconds(0));
  }

private:
  static kafka::config at_once(const plan& plan) {
    auto settings = settings_of(plan);
    settings.set("linger.ms", "0", "line_latency");
    return settings;
  }
  void delivered(void* /*tag*/, std::size_t count) override {
    m_sent.erase(m_sent.begin(), m_sent.begin() + static_cast<std::ptrdiff_t>(count));
  }
  void failed(void* /*tag*/, std::string_view /*payload*/, kafka::error_code error) override {
    throw kafka::kafka_error(error, "produce");
  }
  void failed(const kafka::outgoing_record& /*record*/, kafka::error_code error) override {
    throw kafka::kafka_error(error, "produce");
  }
  void heard(const kafka::notice& /*notice*/) override {}

  std::deque<std::string> m_sent;  // until they are acknowledged
  std::vector<kafka::refusal> m_refused;
  kafka::producer m_producer;
  kafka::topic_id m_topic;
};

writer writer_for(const plan& plan) {
  if (!plan.direct()) return append_to(plan.file);
  const auto direct = std::make_shared<direct_writer>(plan);
  return [direct](const std::string& line) { (*direct)(line); };
}

void read_all_partitions(kafka::reader& reader, const std::string& topic) {
  for (const auto& partition :
       kafka::describe_topic(reader.handle(), topic, answer_timeout).partitions) {
    reader.start(topic, partition.id, 0);
  }
}

int run(const plan& plan) {
  kafka::reader reader(settings_of(plan), {});
  read_all_partitions(reader, plan.topic);
  const writer write = writer_for(plan);
  bench::stopwatch lines(plan.lines, clock::now());

  for (auto due = clock::now(); !lines.complete();) {
    auto now = clock::now();
    if (now - lines.last_news() > patience) {
      fmt::print(stderr, "line_latency: lines are missing in {}\n", plan.topic);
      return 1;
    }
    if (now >= due) {
      write(lines.next_line(clock::now()));
      due += plan.interval;
    }
    const auto batch = reader.read(milliseconds(milliseconds_until(due, clock::now())));
    now = clock::now();
    for (const auto& record : batch.records) {
      lines.arrived(record.value.value_or(""), now);
    }
  }
  for (const auto took : lines.latencies()) {
    fmt::print("{}\n", took.count());
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    fmt::print(stderr, "usage: line_latency BROKERS TOPIC LINES INTERVAL FILE|--direct\n");
    return 2;
  }
  try {
    return run({argv[1], argv[2], std::stoul(argv[3]), milliseconds(std::stoi(argv[4])), argv[5]});
  } catch (const std::exception& error) {
    fmt::print(stderr, "line_latency: {}\n", error.what());
    return 1;
  }
}
