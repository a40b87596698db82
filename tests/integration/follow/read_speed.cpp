// How fast files become chunks: read_speed FILE... prints lines, bytes and nanoseconds per line.
// Under valgrind --tool=callgrind it gives the instructions per line.
#include <logpipe/follow/follower.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cstdint>

int main(int argc, char** argv) {
  using namespace logpipe;

  const auto begin = clock::now();
  follow::follow_options options;
  options.start.where = follow::start_at::kind::beginning;
  options.once = true;
  follow::follower files(options, [](const follow::event&) {});
  for (int i = 1; i < argc; ++i) {
    files.add(argv[i], begin);
  }

  follow::chunk chunk;
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;
  while (files.read(chunk, begin)) {
    lines += chunk.lines.size();
    bytes += chunk.end - chunk.begin;
  }
  const std::chrono::duration<double, std::nano> took = clock::now() - begin;
  fmt::print("{} lines, {} bytes, {:.1f} ns a line\n", lines, bytes,
             took.count() / static_cast<double>(lines));
}
