#pragma once

#include <logpipe/format/json_format.hpp>
#include <logpipe/format/record_format.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <variant>

namespace logpipe::format {

/// How records are printed: as text, by a format, or as JSON. Not thread-safe.
class record_form {
public:
  /// The default format of logcat.
  record_form() : m_form(record_format::compile(default_format)) {}
  // NOLINTBEGIN(google-explicit-constructor,hicpp-explicit-conversions): it is one or the other
  record_form(record_format text) : m_form(std::move(text)) {}
  record_form(json_format json) : m_form(std::move(json)) {}
  // NOLINTEND(google-explicit-constructor,hicpp-explicit-conversions)

  /// Appends one record.
  void append(output_buffer& out, const record& record) {
    std::visit([&](auto& form) { form.append(out, record); }, m_form);
  }
  /// Appends records of one partition until `out` has at least `enough` bytes, and says how many.
  /// Hot path: which form it is, is asked once for a run.
  std::size_t append(output_buffer& out, std::span<const record> run, std::size_t enough) {
    return std::visit([&](auto& form) { return form.append(out, run, enough); }, m_form);
  }

  // What the reader must fill for it.
  bool needs_headers() const noexcept {
    const auto* const text = std::get_if<record_format>(&m_form);
    return text == nullptr || text->needs_headers();
  }
  bool needs_brokers() const noexcept {
    const auto* const json = std::get_if<json_format>(&m_form);
    return json != nullptr && json->needs_brokers();
  }
  /// One that prints the same for every record: a format without a token.
  bool is_constant() const noexcept {
    const auto* const text = std::get_if<record_format>(&m_form);
    return text != nullptr && !text->has_tokens();
  }
  const misfits& what_did_not_fit() const noexcept {
    return std::visit([](const auto& form) -> const misfits& { return form.what_did_not_fit(); },
                      m_form);
  }

private:
  std::variant<record_format, json_format> m_form;
};

}  // namespace logpipe::format
