#pragma once

#include <cstdlib>
#include <ctime>

namespace logpipe::test {

/// The local time zone, for as long as it lives.
class time_zone {
public:
  explicit time_zone(const char* name) {
    ::setenv("TZ", name, 1);
    ::tzset();
  }
  ~time_zone() {
    ::unsetenv("TZ");
    ::tzset();
  }
  time_zone(const time_zone&) = delete;
  time_zone& operator=(const time_zone&) = delete;
};

}  // namespace logpipe::test
