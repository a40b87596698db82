#include "state_lock.hpp"

#include "wait.hpp"

#include <logpipe/base/state/state_file.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::app {
namespace {

constexpr milliseconds between_tries{50};

std::string text_of(const file_lock::holder& owner) {
  return owner.pid == 0 ? "another process" : fmt::format("process {}", owner.pid);
}

}  // namespace

std::variant<file_lock, exit_code> own_state(const state_lock_request& wanted, messages& out,
                                             signal_watch& signals) {
  const time_point begin = clock::now();
  bool told = false;
  while (true) {
    auto tried = lock_state(wanted.path);
    if (auto* lock = std::get_if<file_lock>(&tried)) return std::move(*lock);
    const auto owner = text_of(std::get<file_lock::holder>(tried));
    const time_point now = clock::now();
    if (now - begin >= wanted.wait_lock) {
      out.error("{}: {} keeps its positions there; end it, or give this run a state of its own",
                wanted.path, owner);
      return exit_code::owned;
    }
    if (!std::exchange(told, true)) out.info("{}: waiting for {} to end", wanted.path, owner);
    wait_readable({signals.wake_fd()}, std::min(now + between_tries, begin + wanted.wait_lock));
    if (signals.take()) return wanted.bounded ? signals.code() : exit_code::success;
  }
}

}  // namespace logpipe::app
