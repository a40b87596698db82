#include "sources.hpp"

#include "common/exit_code.hpp"

#include <logpipe/follow/names/glob.hpp>
#include <logpipe/follow/names/real_path.hpp>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace logpipe::logtail {
namespace {

/// Each file is held open where that can be; the usual limit of 1024 is one for programs that use
/// select(2).
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);  // where it fails, there are fewer
}

bool is_directory(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::is_directory(path, unknown);
}

}  // namespace

bool add_sources(follow::follower& follower, const plan& plan,
                 const std::function<void(follow::source_id, std::string)>& added,
                 const follow::follower::observer& unreadable) {
  using kind = follow::file_pattern::kind;
  raise_descriptor_limit();
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    follower.leave_out(follow::status_of(descriptor).id);
  }
  bool any = false;
  for (const auto& path : plan.paths) {
    const time_point now = clock::now();
    try {
      if (path == "-") {
        added(follower.add_stream(fd(::dup(STDIN_FILENO)), "stdin"), "stdin");
      } else if (is_directory(path)) {
        follower.add_pattern({path, plan.recursive ? kind::tree : kind::directory}, now);
      } else if (follow::is_pattern(path)) {
        follower.add_pattern({path, kind::glob}, now);
      } else {
        added(follower.add(path, now), follow::full_path(path));
      }
      any = true;
    } catch (const std::system_error& error) {
      if (error.code() == std::errc::invalid_argument) {
        throw app::usage_error(fmt::format("{}: is no file that lines can be read from", path));
      }
      unreadable(follow::unreadable{path, error.code().value()});
    }
  }
  return any;
}

}  // namespace logpipe::logtail
