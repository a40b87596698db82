#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::kafka {

/// librdkafka properties from several places, checked when they are set. A copyable value; a handle
/// is made from it by its owner (producer, reader, admin).
class config {
public:
  /// Sets a property that the user wrote. `origin` goes into messages: "-X", "/etc/logpipe.conf:3".
  /// Throws config_error: unknown name (with the nearest known one), a value that librdkafka
  /// refuses; owned_property where it is ours.
  void set(std::string_view name, std::string_view value, std::string_view origin);
  /// Sets a property only if it has no value yet: our defaults, below what the user says.
  void set_default(std::string_view name, std::string_view value);
  /// Sets what must be so, over anything; for the library's own use.
  void force(std::string_view name, std::string_view value);

  /// Reads a file of `key=value` lines as kcat does: '#' begins a comment line, white space around
  /// key and value is dropped, empty lines are skipped. Throws config_error with file and line,
  /// also when it cannot be opened.
  void read_file(const std::string& path);
  /// The files read, in order.
  const std::vector<std::string>& files() const noexcept { return m_files; }

  /// As it was set, or nothing. Aliases (metadata.broker.list) are one property.
  std::optional<std::string> get(std::string_view name) const;
  const std::map<std::string, std::string>& all() const noexcept { return m_values; }
  /// The bootstrap servers, for messages.
  std::string brokers() const;

private:
  std::map<std::string, std::string> m_values;
  std::vector<std::string> m_files;
};

/// Names that must never be printed with their values: passwords, keys, certificates' private
/// parts.
bool is_secret(std::string_view name);

/// Version of the librdkafka that is loaded, "2.0.2".
std::string library_version();

}  // namespace logpipe::kafka
