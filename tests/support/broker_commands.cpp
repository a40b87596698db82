#include <exception>
#include <sstream>
#include <support/broker_commands.hpp>

namespace logpipe::test {
namespace {

/// False when the words are none that we know.
bool understood(mock_cluster& cluster, std::istream& words) {
  std::string verb;
  std::string topic;
  int first = 0;
  int second = 0;
  words >> verb;
  if (verb == "lead" && words >> topic >> first >> second) {
    cluster.lead(topic, first, second);
  } else if (verb == "down" && words >> first) {
    cluster.broker_down(first);
  } else if (verb == "up" && words >> first) {
    cluster.broker_up(first);
  } else if (verb == "error" && words >> topic >> first) {
    cluster.topic_error(topic, first);
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::string execute(mock_cluster& cluster, const std::string& command) {
  std::istringstream words(command);
  try {
    return understood(cluster, words) ? "done" : "not understood: " + command;
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace logpipe::test
