#include "set_target.hpp"

#include "common/exit_code.hpp"
#include "kept_file.hpp"

#include <logpipe/follow/file/identity.hpp>
#include <logpipe/follow/file/open_file.hpp>
#include <logpipe/follow/file/read_at.hpp>
#include <logpipe/follow/file/start.hpp>
#include <logpipe/follow/names/compressed_name.hpp>
#include <logpipe/follow/names/earlier_files.hpp>

#include <fmt/format.h>

#include <system_error>

namespace logpipe::logtail {
namespace {

using app::usage_error;

std::uint64_t offset_in(int descriptor, std::uint64_t size, const set_positions::target& target) {
  if (!target.offset) {
    return follow::start_offset(descriptor, size, {follow::start_at::kind::end}, {});
  }
  if (*target.offset > size) {
    throw usage_error(fmt::format("--set: {} is {} bytes long, byte {} is beyond its end",
                                  target.path, size, *target.offset));
  }
  return *target.offset;
}

bool is_line_begin(int descriptor, std::uint64_t offset) {
  char before = '\n';
  return offset == 0 || follow::read_at(descriptor, &before, 1, offset - 1) != 1 || before == '\n';
}

std::vector<follow::kept_generation> left_out_beside(const follow::kept_generation& now,
                                                     const std::vector<std::string>& rotated,
                                                     follow::directory_lists& lists) {
  std::vector<follow::kept_generation> all;
  for (const auto& file : follow::earlier_files(now.source, rotated, lists)) {
    auto kept = keep_left_out(file.path, now.source);
    if (!kept || (kept->inode == now.inode && kept->birth == now.birth)) continue;
    all.push_back(*std::move(kept));
  }
  return all;
}

fd open_log(const std::string& path) {
  try {
    return follow::open_regular(path);
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::invalid_argument) {
      throw usage_error(fmt::format("--set: {} is no regular file", path));
    }
    throw usage_error(fmt::format("--set: {}: {}", path, error.code().message()));
  }
}

log_target open_target(const set_positions::target& target, const std::vector<std::string>& rotated,
                       follow::directory_lists& lists) {
  const fd file = open_log(target.path);
  const auto status = follow::status_of(file.get());
  if (follow::has_compressed_name(target.path)) {
    throw usage_error(fmt::format(
        "--set: {} is compressed; set the position of the log that it was", target.path));
  }
  const std::uint64_t offset = offset_in(file.get(), status.size, target);
  log_target log{.now = keep_from(file.get(), target.path, offset)};
  log.at_line_begin = is_line_begin(file.get(), offset);
  log.earlier = left_out_beside(log.now, rotated, lists);
  return log;
}

}  // namespace

std::vector<log_target> open_targets(const set_positions& command) {
  std::vector<log_target> logs;
  follow::directory_lists lists;
  logs.reserve(command.targets.size());
  for (const auto& target : command.targets) {
    logs.push_back(open_target(target, command.rotated, lists));
  }
  return logs;
}

}  // namespace logpipe::logtail
