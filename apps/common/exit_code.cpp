#include "exit_code.hpp"

namespace logpipe::app {
namespace {

int force(exit_code code) noexcept {
  switch (code) {
    case exit_code::usage:
      return 6;
    case exit_code::owned:
      return 5;
    case exit_code::interrupted:
    case exit_code::terminated:
      return 4;
    case exit_code::failed:
      return 3;
    case exit_code::incomplete:
      return 2;
    case exit_code::unmet:
      return 1;
    case exit_code::success:
      break;
  }
  return 0;
}

}  // namespace

exit_code worse(exit_code a, exit_code b) noexcept {
  return force(b) > force(a) ? b : a;
}

}  // namespace logpipe::app
