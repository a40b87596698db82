#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

// The names librdkafka knows, as the library that is loaded tells them. For lib/kafka's sources
// only.

namespace logpipe::kafka {

/// Every property's name, global and of topics, with the name it is an alias for (itself if none).
const std::map<std::string, std::string, std::less<>>& known_properties();

/// What stands for all aliases of `name`; `name` itself where it is not known.
std::string canonical_property(std::string_view name);

/// Why a property is not the user's to set; nothing when it is.
std::optional<std::string_view> owner_of(std::string_view canonical);

}  // namespace logpipe::kafka
