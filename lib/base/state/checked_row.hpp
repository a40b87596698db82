#pragma once

#include <logpipe/base/database.hpp>
#include <logpipe/base/hash.hpp>

#include <fmt/format.h>

#include <array>
#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace logpipe {

// Rows of a database whose last column is a checksum of the others.

/// A row does not fit its checksum, or the others.
class damaged_row : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// FNV-1a of columns one after the other. A text's size counts, so that no two rows look alike.
class row_hash {
public:
  void add(std::uint64_t number) {
    std::array<char, sizeof number> little_endian{};
    for (char& byte : little_endian) {
      byte = static_cast<char>(number & 0xff);
      number >>= 8;
    }
    m_hash = fnv1a({little_endian.data(), little_endian.size()}, m_hash);
  }
  void add(std::string_view text) {
    add(text.size());
    m_hash = fnv1a(text, m_hash);
  }
  std::uint64_t value() const { return m_hash; }

private:
  std::uint64_t m_hash = fnv1a_basis;
};

/// Binds a row's columns in their order, the checksum last.
class row_writer {
public:
  explicit row_writer(statement& into) : m_into(into) {}

  row_writer& add(std::integral auto number) {
    m_hash.add(static_cast<std::uint64_t>(number));
    m_into.bind(++m_column, number);
    return *this;
  }
  row_writer& add(std::string_view text) {
    m_hash.add(text);
    m_into.bind(++m_column, text);
    return *this;
  }
  /// When all others have been added.
  void run() {
    m_into.bind(++m_column, m_hash.value());
    m_into.run();
  }

private:
  statement& m_into;
  int m_column = 0;
  row_hash m_hash;
};

/// Reads the columns of the row where a statement stands, in the same order.
class row_reader {
public:
  row_reader(statement& row, const char* table) : m_row(row), m_table(table) {}

  template <std::integral Number>
  void next(Number& number) {
    const auto read = m_row.unsigned_integer(m_column++);
    m_hash.add(read);
    number = static_cast<Number>(read);
  }
  void next(std::string& text) {
    text = m_row.text(m_column++);
    m_hash.add(text);
  }
  /// When all others have been read. Throws damaged_row.
  void check() {
    if (m_row.unsigned_integer(m_column) == m_hash.value()) return;
    throw damaged_row(fmt::format("{} \"{}\" does not fit its checksum", m_table, m_row.text(0)));
  }

private:
  statement& m_row;
  const char* m_table;
  int m_column = 0;
  row_hash m_hash;
};

}  // namespace logpipe
