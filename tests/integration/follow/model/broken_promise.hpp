#pragma once

#include <stdexcept>

namespace logpipe::follow::testing {

/// What came out is not what had to come out.
class broken_promise : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

}  // namespace logpipe::follow::testing
