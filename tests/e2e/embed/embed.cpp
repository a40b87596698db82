// Prints the lines of a file in upper case: the follower, used without any Kafka.
#include <logpipe/follow/follower.hpp>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <string>

int main(int, char** argv) {
  using namespace logpipe;
  follow::follow_options options;
  options.once = true;
  options.start.where = follow::start_at::kind::beginning;
  follow::follower follower(options, [](const follow::event&) {});
  follower.add(argv[1], clock::now());
  for (follow::chunk chunk; follower.read(chunk, clock::now());) {
    for (std::string line : std::vector<std::string>(chunk.lines.begin(), chunk.lines.end())) {
      std::transform(line.begin(), line.end(), line.begin(), ::toupper);
      std::puts(line.c_str());
    }
  }
  return follower.finished() ? 0 : 1;
}
