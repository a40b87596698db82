#include "sources.hpp"

#include "common/exit_code.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace logpipe::logtail {
namespace {

/// Each file is held open; the usual limit of 1024 is one for programs that use select(2).
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);  // where it fails, there are fewer
}

}  // namespace

std::vector<std::string> add_sources(follow::follower& follower,
                                     const std::vector<std::string>& paths,
                                     const follow::follower::observer& unreadable) {
  raise_descriptor_limit();
  std::vector<std::string> absolute;
  for (const auto& path : paths) {
    if (path == "-") {
      follower.add_stream(fd(::dup(STDIN_FILENO)), "stdin");
      absolute.emplace_back("stdin");
      continue;
    }
    try {
      follower.add(path, clock::now());
      absolute.push_back(std::filesystem::absolute(path).lexically_normal());
    } catch (const std::system_error& error) {
      if (error.code() == std::errc::is_a_directory) {
        throw app::usage_error(fmt::format("{}: is a directory; name the files in it", path));
      }
      if (error.code() == std::errc::invalid_argument) {
        throw app::usage_error(fmt::format("{}: is no file that lines can be read from", path));
      }
      unreadable(follow::unreadable{path, error.code().value()});
    }
  }
  return absolute;
}

}  // namespace logpipe::logtail
