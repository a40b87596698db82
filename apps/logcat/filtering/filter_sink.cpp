#include "filter_sink.hpp"

#include <algorithm>

namespace logpipe::logcat {

// Hot path. What passes goes on in stretches: nothing is copied, and a filter that takes out little
// costs a call for each stretch between.
std::size_t filter_sink::take(std::span<const record> run) {
  const auto passes = [this](const record& each) { return m_filter.passes(each); };
  for (auto at = run.begin();;) {
    at = std::find_if(at, run.end(), passes);
    if (at == run.end()) return run.size();
    // The record that ends the stretch has been judged: it is not asked about again.
    const auto end = std::find_if_not(at + 1, run.end(), passes);
    const std::size_t begin = static_cast<std::size_t>(at - run.begin());
    const std::size_t wanted = static_cast<std::size_t>(end - at);
    const std::size_t taken = m_next.take({at, end});
    if (taken < wanted || m_next.enough()) return begin + taken;
    if (end == run.end()) return run.size();
    at = end + 1;
  }
}

}  // namespace logpipe::logcat
