#pragma once

#include <logpipe/base/state/state_file.hpp>
#include <logpipe/ship/position_store.hpp>

#include <optional>
#include <string>

namespace logpipe::ship {

/// What a state file holds now; nothing: there is no such file. Needs no lock, and neither makes
/// nor changes anything: also while a run writes, after one that was killed, in a directory or on a
/// file system that cannot be written. `path` as state_path() gives it. Throws state_error.
std::optional<kept_positions> read_positions(const std::string& path);

}  // namespace logpipe::ship
