#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace logpipe::app {

/// Whether something is done that depends on where the output goes.
enum class when { automatic, always, never };

/// auto, always or never; automatic where nothing is given. Throws usage_error that names the
/// option.
when when_value(std::string_view option, const std::optional<std::string>& text);

}  // namespace logpipe::app
