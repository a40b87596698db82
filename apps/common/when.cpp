#include "when.hpp"

#include "exit_code.hpp"

#include <fmt/format.h>

namespace logpipe::app {

when when_value(std::string_view option, const std::optional<std::string>& text) {
  if (!text || *text == "auto") return when::automatic;
  if (*text == "always") return when::always;
  if (*text == "never") return when::never;
  throw usage_error(fmt::format("{}: \"{}\" is none of auto, always and never", option, *text));
}

}  // namespace logpipe::app
