#include "output_file.hpp"

#include "common/exit_code.hpp"

#include <logpipe/base/real_place.hpp>

#include <fmt/format.h>
#include <sys/stat.h>

namespace logpipe::logcat {
namespace {

const std::string& checked(const std::string& name) {
  struct stat found {};
  if (::stat(name.c_str(), &found) != 0 || S_ISREG(found.st_mode)) return name;
  if (S_ISDIR(found.st_mode)) {
    throw app::usage_error(fmt::format("--output: {} is a directory; name a file in it", name));
  }
  throw app::usage_error(
      fmt::format("--output: {} is no regular file, and could not be replaced; write > {} instead",
                  name, name));
}

}  // namespace

output_file::output_file(const std::string& name) : atomic_file(real_place(checked(name))) {}

}  // namespace logpipe::logcat
