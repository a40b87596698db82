#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <span>

namespace logpipe {
namespace {

struct unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr std::array<unit, 5> duration_units{
    {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
constexpr std::array<unit, 5> size_units{
    {{"", 1}, {"K", 1ULL << 10}, {"M", 1ULL << 20}, {"G", 1ULL << 30}, {"T", 1ULL << 40}}};

/// Digits, then one of the units; nothing else, and no overflow of a signed 64-bit number.
std::optional<std::uint64_t> parse_with_unit(std::string_view text, std::span<const unit> units) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  for (const auto& [name, factor] : units) {
    if (name == text) {
      return number <= limit / factor ? std::optional(number * factor) : std::nullopt;
    }
  }
  return std::nullopt;
}

std::string format_with_unit(std::uint64_t value, std::span<const unit> units) {
  const unit* best = units.data();
  for (const auto& candidate : units) {
    if (value >= candidate.factor) best = &candidate;
  }
  if (value % best->factor == 0) return fmt::format("{}{}", value / best->factor, best->name);
  return fmt::format("{:.1f}{}", static_cast<double>(value) / static_cast<double>(best->factor),
                     best->name);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  constexpr std::uint64_t limit = std::chrono::milliseconds(longest_duration).count();
  const auto value = parse_with_unit(text, duration_units);
  if (!value || *value > limit) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(*value));
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  return parse_with_unit(text, size_units);
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::string> unescape(std::string_view text, std::size_t* bad) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      out += text[at];
      continue;
    }
    const std::size_t start = at++;
    const char letter = at < text.size() ? text[at] : '\0';
    const int high = letter == 'x' && at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      at += 2;
    } else if (letter == 'n') {
      out += '\n';
    } else if (letter == 'r') {
      out += '\r';
    } else if (letter == 't') {
      out += '\t';
    } else if (letter == '0') {
      out += '\0';
    } else if (letter == '\\') {
      out += '\\';
    } else {
      if (bad != nullptr) *bad = start;
      return std::nullopt;
    }
  }
  return out;
}

std::string format_duration(std::chrono::milliseconds value) {
  return format_with_unit(static_cast<std::uint64_t>(std::max<std::int64_t>(value.count(), 0)),
                          duration_units);
}

std::string format_size(std::uint64_t size) {
  return format_with_unit(size, size_units);
}

}  // namespace logpipe
