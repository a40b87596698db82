#include "state_lock.hpp"

#include <logpipe/ship/state_file.hpp>

#include <fmt/format.h>

#include <utility>
#include <variant>

namespace logpipe::logtail {

std::optional<file_lock> own_state(const std::string& state, app::messages& out) {
  auto taken = ship::lock_state(state);
  if (auto* lock = std::get_if<file_lock>(&taken)) return std::move(*lock);
  const auto pid = std::get<file_lock::holder>(taken).pid;
  out.error("{}: is in use by {}; stop that first", state,
            pid != 0 ? fmt::format("process {}", pid) : "another process");
  return std::nullopt;
}

std::string no_state_text(const std::string& state) {
  return fmt::format("{}: no such file; a run with --state makes it", state);
}

}  // namespace logpipe::logtail
