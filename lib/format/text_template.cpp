#include <logpipe/format/text_template.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace logpipe::format {
namespace {

constexpr std::string_view text_names = "{path}, {name}, {host}, {offset}, {generation}";
constexpr std::string_view topic_names = "{name}, {host}";

// Kafka: org.apache.kafka.common.internals.Topic.
constexpr std::size_t longest_topic = 249;
constexpr std::string_view topic_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

void append_number(output_buffer& out, std::uint64_t value, int base) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, base).ptr;
  out.append({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

}  // namespace

text_template::text_template(std::string_view text) {
  part current;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t brace = std::min(text.find_first_of("{}", at), text.size());
    current.literal += text.substr(at, brace - at);
    at = brace;
    if (at == text.size()) break;
    if (text.substr(at + 1, 1) == text.substr(at, 1)) {
      current.literal += text[at];
      at += 2;
      continue;
    }
    const std::size_t close = text[at] == '{' ? text.find('}', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      throw template_error(
          fmt::format("\"{}\": the {} at byte {} has no partner; for a brace write {}", text,
                      text[at], at, std::string(2, text[at])));
    }
    current.value = name_of(text.substr(at, close + 1 - at));
    m_parts.push_back(std::exchange(current, {}));
    at = close + 1;
  }
  if (!current.literal.empty()) m_parts.push_back(std::move(current));
}

text_template::name text_template::name_of(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, name>, 5> known{{
      {"{path}", name::path},
      {"{name}", name::base_name},
      {"{host}", name::host},
      {"{generation}", name::generation},
      {"{offset}", name::offset},
  }};
  for (const auto& [spelled, value] : known) {
    if (spelled == text) return value;
  }
  throw template_error(fmt::format("{} is none of {}; for a brace write {{{{", text, text_names));
}

bool text_template::uses(name value) const noexcept {
  return std::any_of(m_parts.begin(), m_parts.end(),
                     [value](const part& each) { return each.value == value; });
}

text_template::varies text_template::changes() const noexcept {
  if (uses(name::offset)) return varies::by_line;
  const bool by_file = uses(name::path) || uses(name::base_name) || uses(name::generation);
  return by_file ? varies::by_file : varies::never;
}

void text_template::append_to(output_buffer& out, const template_values& values) const {
  for (const auto& [literal, value] : m_parts) {
    out.append(literal);
    switch (value) {
      case name::path:
        out.append(values.path);
        break;
      case name::base_name:
        out.append(values.name);
        break;
      case name::host:
        out.append(values.host);
        break;
      case name::generation:
        append_number(out, values.generation, 16);
        break;
      case name::offset:
        append_number(out, values.offset, 10);
        break;
      case name::none:
        break;
    }
  }
}

std::string text_template::expand(const template_values& values) const {
  output_buffer out(64);
  append_to(out, values);
  return std::string(out.view());
}

topic_template::topic_template(std::string_view text) : m_text(text) {
  using name = text_template::name;
  for (const name value : {name::path, name::generation, name::offset}) {
    if (m_text.uses(value)) {
      throw template_error(
          fmt::format("\"{}\": a topic's name may hold {} and nothing else", text, topic_names));
    }
  }
  const auto cannot_hold = [](const auto& part) {
    return part.literal.find_first_not_of(topic_characters) != std::string::npos;
  };
  if (std::any_of(m_text.m_parts.begin(), m_text.m_parts.end(), cannot_hold)) {
    throw template_error(fmt::format(
        "\"{}\" is no topic name: up to {} letters, digits, \".\", \"_\" and \"-\", and {}", text,
        longest_topic, topic_names));
  }
}

bool topic_template::varies_by_source() const noexcept {
  return m_text.uses(text_template::name::base_name);
}

std::string topic_template::topic_for(std::string_view name, std::string_view host) const {
  template_values values;
  values.name = name;
  values.host = host;
  std::string topic = m_text.expand(values);
  if (topic.size() > longest_topic) topic.resize(longest_topic);
  for (std::size_t at = 0;
       (at = topic.find_first_not_of(topic_characters, at)) != std::string::npos;)
    topic[at] = '_';
  if (topic == "." || topic == "..") std::replace(topic.begin(), topic.end(), '.', '_');
  return topic;
}

}  // namespace logpipe::format
