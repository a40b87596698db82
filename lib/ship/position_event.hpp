#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace logpipe::ship {

// What the keeper of positions tells its observer. Facts only; the application finds the words.

/// What was to be kept was not, `reason` says why; it is tried again. Told when that begins.
struct state_failing {
  std::string reason;
};
/// It is kept again.
struct state_works {};
/// So many lines were sent that an earlier run had handed over and did not see acknowledged: they
/// may be there twice.
struct sent_again {
  std::uint64_t lines;
};

using position_event = std::variant<state_failing, state_works, sent_again>;

}  // namespace logpipe::ship
