#include <logpipe/format/base64.hpp>
#include <logpipe/format/json_record_reader.hpp>

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <new>
#include <optional>
#include <utility>
#include <vector>

namespace logpipe::format {
namespace {

namespace dom = simdjson::dom;

std::string text_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::MEMALLOC:
      throw std::bad_alloc();
    case simdjson::EMPTY:
      return "the line is empty";
    case simdjson::TAPE_ERROR:
      return "no JSON: a comma, colon, bracket or name is missing or too much";
    case simdjson::UNCLOSED_STRING:
      return "no JSON: a string has no end";
    case simdjson::UNESCAPED_CHARS:
      return "no JSON: a control character in a string is not escaped";
    case simdjson::STRING_ERROR:
      return "no JSON: a string holds a wrong escape, or half a surrogate pair";
    case simdjson::NUMBER_ERROR:
      return "a number is written wrong, or beyond 64 bits";
    case simdjson::UTF8_ERROR:
      return "not UTF-8";
    case simdjson::DEPTH_ERROR:
      return "nested too deeply";
    default:
      return fmt::format("no JSON: {}", simdjson::error_message(error));
  }
}

std::string_view name_of(dom::element_type type) {
  switch (type) {
    case dom::element_type::ARRAY:
      return "an array";
    case dom::element_type::OBJECT:
      return "an object";
    case dom::element_type::STRING:
      return "a string";
    case dom::element_type::BOOL:
      return "a boolean";
    case dom::element_type::NULL_VALUE:
      return "null";
    default:
      return "a number";
  }
}

/// Makes a record of one line's JSON. What is wrong is noted and the rest is read on; the first
/// complaint is what is told.
class record_builder {
public:
  record_builder(std::vector<header>& headers, std::pmr::memory_resource& memory)
      : m_headers(headers), m_memory(memory) {
    m_headers.clear();
    m_record.partition = -1;
    m_record.offset = -1;
  }

  std::variant<record, bad_json> build(dom::element line) {
    dom::object members;
    if (line.get(members)) return bad_json{fmt::format("{} is no record", name_of(line.type()))};
    for (const auto& [name, value] : members)
      read_member(name, value);
    if (m_payload && !was_seen(member::value)) {
      complain("\"payload\" without \"value\" is the form of kcat, not that of logcat -J");
    }
    if (!m_complaint.empty()) return bad_json{std::move(m_complaint)};
    if (m_record.timestamp < 0) m_record.kind = timestamp_kind::none;
    if (m_record.kind == timestamp_kind::none) m_record.timestamp = -1;
    m_record.headers = kept_headers();
    return m_record;
  }

private:
  enum class member : unsigned char { key, value, headers, timestamp, timestamp_type, partition };
  static constexpr std::array<std::string_view, 6> names = {
      "key", "value", "headers", "timestamp", "timestamp_type", "partition"};

  template <typename... Args>
  void complain(fmt::format_string<Args...> text, Args&&... args) {
    if (m_complaint.empty()) m_complaint = fmt::format(text, std::forward<Args>(args)...);
  }

  bool& was_seen(member which) noexcept { return m_seen[static_cast<std::size_t>(which)]; }

  void read_member(std::string_view name, dom::element value) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      m_payload = m_payload || name == "payload";
      return;
    }
    const auto which = static_cast<member>(found - names.begin());
    if (std::exchange(was_seen(which), true)) complain("{}: is there twice", name);
    switch (which) {
      case member::key:
        m_record.key = read_bytes("key", value);
        break;
      case member::value:
        m_record.value = read_bytes("value", value);
        break;
      case member::headers:
        read_headers(value);
        break;
      case member::timestamp:
        m_record.timestamp = read_number<std::int64_t>("timestamp", value);
        if (!was_seen(member::timestamp_type)) m_record.kind = timestamp_kind::create;
        break;
      case member::timestamp_type:
        m_record.kind = read_kind(value);
        break;
      case member::partition:
        m_record.partition = read_number<std::int32_t>("partition", value);
        break;
    }
  }

  bytes read_bytes(std::string_view what, dom::element value) {
    if (value.is_null()) return std::nullopt;
    std::string_view text;
    if (!value.get(text)) return kept(text);
    dom::object encoded;
    if (!value.get(encoded)) return read_base64(what, encoded);
    complain("{}: {} is none of null, a string and {{\"base64\":\"...\"}}", what,
             name_of(value.type()));
    return std::nullopt;
  }

  bytes read_base64(std::string_view what, dom::object encoded) {
    std::string_view text;
    if (encoded.size() != 1 || encoded["base64"].get(text)) {
      complain("{}: an object there is {{\"base64\":\"...\"}} and nothing else", what);
      return std::nullopt;
    }
    char* const decoded = allocate<char>(text.size() / 4 * 3);
    const auto size = decode_base64(text, decoded);
    if (!size) complain("{}: no valid base64", what);
    return std::string_view(decoded, size.value_or(0));
  }

  void read_headers(dom::element value) {
    if (value.is_null()) return;
    dom::array headers;
    if (value.get(headers)) return complain("headers: {} is no array", name_of(value.type()));
    for (const dom::element each : headers) {
      dom::array pair;
      if (each.get(pair) || pair.size() != 2) {
        return complain("headers: each is a pair, [\"name\",\"value\"]");
      }
      const bytes name = read_bytes("a header's name", pair.at(0).value_unsafe());
      if (!name) complain("a header's name: null is none");
      m_headers.push_back(
          {name.value_or(""), read_bytes("a header's value", pair.at(1).value_unsafe())});
    }
  }

  timestamp_kind read_kind(dom::element value) {
    std::string_view name;
    if (value.is_null()) return timestamp_kind::none;
    if (value.get(name)) name = {};
    if (name == "create") return timestamp_kind::create;
    if (name == "append") return timestamp_kind::append;
    if (name != "none") complain("timestamp_type: none of \"create\", \"append\" and \"none\"");
    return timestamp_kind::none;
  }

  /// -1 for null.
  template <typename Number>
  Number read_number(std::string_view what, dom::element value) {
    constexpr std::int64_t most = std::numeric_limits<Number>::max();
    std::int64_t number = -1;
    if (!value.is_null() && (value.get(number) || number < 0 || number > most)) {
      complain("{}: no whole number from 0 to {}", what, most);
    }
    return static_cast<Number>(number);
  }

  template <typename Item>
  Item* allocate(std::size_t count) {
    return static_cast<Item*>(m_memory.allocate(count * sizeof(Item), alignof(Item)));
  }

  /// The parser uses its memory again for the next line.
  std::string_view kept(std::string_view text) {
    if (text.empty()) return "";
    char* const copy = allocate<char>(text.size());
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }

  std::span<const header> kept_headers() {
    if (m_headers.empty()) return {};
    auto* const copy = allocate<header>(m_headers.size());
    std::uninitialized_copy(m_headers.begin(), m_headers.end(), copy);
    return {copy, m_headers.size()};
  }

  std::vector<header>& m_headers;
  std::pmr::memory_resource& m_memory;
  record m_record;
  std::array<bool, names.size()> m_seen{};
  bool m_payload = false;
  std::string m_complaint;
};

}  // namespace

// simdjson's DOM and not its on-demand parser: that one takes its instructions at compile time, in
// a build for any x86-64 the scalar ones, and does not check what is passed over.
struct json_record_reader::state {
  dom::parser parser;
  /// simdjson reads up to SIMDJSON_PADDING bytes behind the end of its text; a line has none there.
  std::vector<char> padded;
  std::vector<header> headers;
};

json_record_reader::json_record_reader() : m_state(std::make_unique<state>()) {}
json_record_reader::~json_record_reader() = default;

std::variant<record, bad_json> json_record_reader::read(std::string_view line,
                                                        std::pmr::memory_resource& memory) {
  auto& padded = m_state->padded;
  const std::size_t needed = line.size() + simdjson::SIMDJSON_PADDING;
  if (padded.size() < needed) padded.resize(needed);
  std::copy(line.begin(), line.end(), padded.begin());
  dom::element parsed;
  const auto error = m_state->parser.parse(padded.data(), line.size(), false).get(parsed);
  if (error) return bad_json{text_of(error)};
  return record_builder(m_state->headers, memory).build(parsed);
}

}  // namespace logpipe::format
