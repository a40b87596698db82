#include <logpipe/base/fd.hpp>
#include <logpipe/base/nearest.hpp>
#include <logpipe/kafka/config.hpp>
#include <logpipe/kafka/error.hpp>
#include <logpipe/kafka/internal/properties.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace logpipe::kafka {
namespace {

constexpr std::string_view white_space = " \t\r\n\v\f";

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(white_space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(white_space) - begin + 1);
}

[[noreturn]] void throw_unknown(std::string_view name, std::string_view origin) {
  std::vector<std::string> candidates;
  for (const auto& [known, canonical] : known_properties()) {
    candidates.push_back(known);
  }
  auto text = fmt::format("no such librdkafka property \"{}\" ({})", name, origin);
  if (const auto meant = nearest(name, candidates)) {
    text += fmt::format("; did you mean \"{}\"?", *meant);
  }
  throw config_error(text);
}

// A value is tried on a configuration of its own, where it does no harm.
void check_value(const std::string& name, const std::string& value, std::string_view origin) {
  const conf_ptr scratch(rd_kafka_conf_new());
  std::array<char, 512> reason{};
  const auto result =
      rd_kafka_conf_set(scratch.get(), name.c_str(), value.c_str(), reason.data(), reason.size());
  if (result == RD_KAFKA_CONF_OK) return;
  if (result == RD_KAFKA_CONF_UNKNOWN) throw_unknown(name, origin);
  // librdkafka's text may quote the value.
  throw config_error(is_secret(name)
                         ? fmt::format("the value of \"{}\" is refused ({})", name, origin)
                         : fmt::format("{}={} ({}): {}", name, value, origin, reason.data()));
}

}  // namespace

void config::set(std::string_view name, std::string_view value, std::string_view origin) {
  const auto canonical = canonical_property(name);
  if (const auto why = owner_of(canonical)) {
    throw owned_property(canonical,
                         fmt::format("\"{}\" cannot be set ({}): {}", name, origin, *why));
  }
  std::string text(value);
  check_value(std::string(name), text, origin);
  m_values.insert_or_assign(canonical, std::move(text));
}

void config::set_default(std::string_view name, std::string_view value) {
  m_values.emplace(canonical_property(name), value);
}

void config::force(std::string_view name, std::string_view value) {
  m_values.insert_or_assign(canonical_property(name), std::string(value));
}

void config::read_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    throw config_error(
        fmt::format("configuration {}: {}", path, std::generic_category().message(errno)));
  }
  m_files.push_back(path);
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    const auto text = trim(line);
    if (text.empty() || text.front() == '#') continue;
    const auto origin = fmt::format("{}:{}", path, number);
    const auto equals = text.find('=');
    // The line is not shown: it may hold a secret.
    if (equals == std::string_view::npos || equals == 0) {
      throw config_error(origin + ": expected key=value");
    }
    auto name = trim(text.substr(0, equals));
    if (name.starts_with("topic.")) name.remove_prefix(6);  // kcat marks topics' properties so
    set(name, trim(text.substr(equals + 1)), origin);
  }
  if (file.bad()) throw_errno(path);
}

std::optional<std::string> config::get(std::string_view name) const {
  const auto found = m_values.find(canonical_property(name));
  if (found == m_values.end()) return std::nullopt;
  return found->second;
}

std::string config::brokers() const {
  return get("bootstrap.servers").value_or("");
}

bool is_secret(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto is = [&](std::string_view begin, std::string_view end) {
    return lower.starts_with(begin) && lower.ends_with(end);
  };
  return is("", "password") || is("", ".key") || is("sasl.jaas", "") || is("ssl.", ".pem") ||
         is("", "secret") || is("sasl.oauthbearer.config", "");
}

std::string library_version() {
  return rd_kafka_version_str();
}

}  // namespace logpipe::kafka
