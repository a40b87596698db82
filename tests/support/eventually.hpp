#pragma once

#include <chrono>
#include <thread>

namespace logpipe::test {

/// True as soon as `condition` is, asked every millisecond; false when it is not within `bound`.
/// A bound is generous: it is only ever waited for by a test that fails.
template <typename Condition>
bool eventually(Condition condition,
                std::chrono::milliseconds bound = std::chrono::milliseconds(10000)) {
  const auto deadline = std::chrono::steady_clock::now() + bound;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace logpipe::test
