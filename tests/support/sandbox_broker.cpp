// A broker to try things on: librdkafka's mock cluster with one topic, until it is told to end.
//
//   sandbox_broker [--brokers N] [--topic NAME] [--partitions N] [--ready-file FILE]
//                  [--lifetime SECONDS] [--until-stdin-closes]
//
// Lines on stdin are commands (see broker_commands.hpp), each answered by a line, where it is to
// run until stdin closes.
//
// It prints its address, fit for --brokers, on one line, and writes it to the ready file when the
// topic is there.
#include <logpipe/base/fd.hpp>

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <support/broker_commands.hpp>
#include <support/mock_cluster.hpp>

namespace {

struct options {
  int brokers = 1;
  std::string topic = "test";
  int partitions = 1;
  std::string ready_file;
  std::chrono::seconds lifetime{0};  // 0: no limit
  bool until_stdin_closes = false;
};

options parse(std::span<char*> arguments) {
  options parsed;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view name = arguments[i];
    if (name == "--until-stdin-closes") {
      parsed.until_stdin_closes = true;
      continue;
    }
    if (i + 1 == arguments.size()) throw std::invalid_argument(std::string(name));
    const std::string value = arguments[++i];
    if (name == "--brokers") {
      parsed.brokers = std::stoi(value);
    } else if (name == "--topic") {
      parsed.topic = value;
    } else if (name == "--partitions") {
      parsed.partitions = std::stoi(value);
    } else if (name == "--ready-file") {
      parsed.ready_file = value;
    } else if (name == "--lifetime") {
      parsed.lifetime = std::chrono::seconds(std::stoi(value));
    } else {
      throw std::invalid_argument(std::string(name));
    }
  }
  return parsed;
}

/// Blocked before librdkafka starts its threads, which inherit that.
logpipe::fd take_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  logpipe::fd descriptor(signalfd(-1, &signals, SFD_CLOEXEC));
  if (!descriptor) logpipe::throw_errno("signalfd");
  return descriptor;
}

/// Whole or not there: who waits for the file may read it at once.
void write_ready_file(const std::string& path, const std::string& address) {
  const std::string unfinished = path + ".new";
  std::ofstream(unfinished) << address << '\n';
  if (std::rename(unfinished.c_str(), path.c_str()) != 0) logpipe::throw_errno(path);
}

/// Lines of stdin, as far as they have come.
class command_input {
public:
  /// False when it is closed.
  bool obey(logpipe::test::mock_cluster& cluster) {
    std::array<char, 256> piece;
    const auto size = read(STDIN_FILENO, piece.data(), piece.size());
    if (size <= 0) return false;
    m_text.append(piece.data(), static_cast<std::size_t>(size));
    for (auto end = m_text.find('\n'); end != std::string::npos; end = m_text.find('\n')) {
      std::printf("%s\n", execute(cluster, m_text.substr(0, end)).c_str());
      m_text.erase(0, end + 1);
    }
    std::fflush(stdout);
    return true;
  }

private:
  std::string m_text;
};

void wait_for_the_end(const options& how, int signals, logpipe::test::mock_cluster& cluster) {
  command_input commands;
  const auto deadline = std::chrono::steady_clock::now() + how.lifetime;
  std::array<pollfd, 2> waits{pollfd{signals, POLLIN, 0},
                              pollfd{how.until_stdin_closes ? STDIN_FILENO : -1, POLLIN, 0}};
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (how.lifetime.count() > 0 && left.count() <= 0) return;
    poll(waits.data(), waits.size(),
         how.lifetime.count() > 0 ? static_cast<int>(left.count()) : -1);
    if (waits[0].revents != 0) return;
    if (waits[1].revents != 0 && !commands.obey(cluster)) return;
  }
}

void run(const options& how) {
  const auto signals = take_signals();
  logpipe::test::mock_cluster cluster(how.brokers);
  cluster.make_topic(how.topic, how.partitions);
  std::printf("%s\n", cluster.brokers().c_str());
  std::fflush(stdout);
  if (!how.ready_file.empty()) write_ready_file(how.ready_file, cluster.brokers());
  wait_for_the_end(how, signals.get(), cluster);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(parse({argv, static_cast<std::size_t>(argc)}));
    return 0;
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "sandbox_broker: not understood: %s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "sandbox_broker: %s\n", error.what());
    return 1;
  }
}
