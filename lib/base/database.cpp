#include <logpipe/base/database.hpp>

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <string>
#include <system_error>

namespace logpipe {

namespace {

/// Whether the number that SQLite has from the last failed system call belongs to this error.
bool comes_from_system(int code) {
  const int primary = code & 0xff;
  return primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN || primary == SQLITE_FULL;
}

database_error error_of(sqlite3* raw, int code, const std::string& path) {
  std::string text = fmt::format("{} (SQLite {})", sqlite3_errmsg(raw), code);
  if (const int system = sqlite3_system_errno(raw); comes_from_system(code) && system != 0) {
    text += ": " + std::generic_category().message(system);
  }
  return {code, path, text};
}

std::string path_of(sqlite3* raw) {
  const char* path = sqlite3_db_filename(raw, nullptr);
  return path == nullptr ? "" : path;
}

[[noreturn]] void throw_error(sqlite3* raw, int code) {
  throw error_of(raw, code, path_of(raw));
}

void check(sqlite3* raw, int code) {
  if (code != SQLITE_OK) throw_error(raw, code);
}

/// A name for SQLITE_OPEN_URI (https://sqlite.org/uri.html).
std::string uri_of(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "file:";
  for (const char byte : path) {
    const bool has_meaning = byte == '%' || byte == '?' || byte == '#';
    uri += has_meaning ? fmt::format("%{:02x}", static_cast<unsigned char>(byte))
                       : std::string(1, byte);
  }
  return uri;
}

int flags_of(database::mode how) {
  constexpr int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI;
  switch (how) {
    case database::mode::create:
      return always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case database::mode::write:
      return always | SQLITE_OPEN_READWRITE;
    default:
      return always | SQLITE_OPEN_READONLY;
  }
}

std::string_view bytes_of(const void* data, std::size_t size) {
  return {static_cast<const char*>(data), size};
}

}  // namespace

database_failure database_error::kind() const noexcept {
  switch (primary_code()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return database_failure::busy;
    case SQLITE_FULL:
      return database_failure::full;
    case SQLITE_IOERR:
      return database_failure::io;
    case SQLITE_READONLY:
      return database_failure::read_only;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return database_failure::cannot_open;
    case SQLITE_CORRUPT:
      return database_failure::damaged;
    case SQLITE_NOTADB:
      return database_failure::not_database;
    default:
      return database_failure::other;
  }
}

void statement::finalizer::operator()(sqlite3_stmt* raw) const noexcept {
  sqlite3_finalize(raw);
}

void statement::check(int code) {
  if (code != SQLITE_OK) throw_error(sqlite3_db_handle(m_raw.get()), code);
}

statement& statement::bind_integer(int parameter, std::int64_t value) {
  check(sqlite3_bind_int64(m_raw.get(), parameter, value));
  return *this;
}

statement& statement::bind(int parameter, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();  // no data would be NULL
  check(sqlite3_bind_text64(m_raw.get(), parameter, data, text.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8));
  return *this;
}

statement& statement::bind_blob(int parameter, std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  check(sqlite3_bind_blob64(m_raw.get(), parameter, data, bytes.size(), SQLITE_TRANSIENT));
  return *this;
}

statement& statement::bind_null(int parameter) {
  check(sqlite3_bind_null(m_raw.get(), parameter));
  return *this;
}

bool statement::step() {
  const int code = sqlite3_step(m_raw.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    reset();
    return false;
  }
  sqlite3* raw = sqlite3_db_handle(m_raw.get());
  const database_error error = error_of(raw, code, path_of(raw));
  reset();  // which would take the text away
  throw database_error(error);
}

void statement::reset() noexcept {
  sqlite3_reset(m_raw.get());
}

bool statement::is_null(int column) const noexcept {
  return sqlite3_column_type(m_raw.get(), column) == SQLITE_NULL;
}

std::int64_t statement::integer(int column) const noexcept {
  return sqlite3_column_int64(m_raw.get(), column);
}

std::string_view statement::text(int column) const noexcept {
  const auto* data = sqlite3_column_text(m_raw.get(), column);
  return bytes_of(data, static_cast<std::size_t>(sqlite3_column_bytes(m_raw.get(), column)));
}

std::string_view statement::blob(int column) const noexcept {
  const void* data = sqlite3_column_blob(m_raw.get(), column);
  return bytes_of(data, static_cast<std::size_t>(sqlite3_column_bytes(m_raw.get(), column)));
}

void database::closer::operator()(sqlite3* raw) const noexcept {
  sqlite3_close_v2(raw);  // waits for statements that still live
}

database::database(const std::string& path, mode how) {
  const std::string uri = uri_of(path) + (how == mode::read_alone ? "?immutable=1" : "");
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(uri.c_str(), &raw, flags_of(how), nullptr);
  m_raw.reset(raw);  // there is one even after an error, to ask what it was
  if (code != SQLITE_OK) throw error_of(raw, code, path);
}

void database::wait_for_others(std::chrono::milliseconds limit) {
  check(m_raw.get(), sqlite3_busy_timeout(m_raw.get(), static_cast<int>(limit.count())));
}

void database::run(const std::string& sql) {
  check(m_raw.get(), sqlite3_exec(m_raw.get(), sql.c_str(), nullptr, nullptr, nullptr));
}

statement database::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  check(m_raw.get(), sqlite3_prepare_v3(m_raw.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr));
  return statement(raw);
}

std::int64_t database::integer_of(std::string_view sql) {
  statement asked = prepare(sql);
  if (!asked.step()) throw_error(m_raw.get(), SQLITE_DONE);
  return asked.integer(0);
}

std::string database::text_of(std::string_view sql) {
  statement asked = prepare(sql);
  if (!asked.step()) throw_error(m_raw.get(), SQLITE_DONE);
  return std::string(asked.text(0));
}

std::uint32_t database::application_id() {
  constexpr std::string_view magic("SQLite format 3\0", 16);
  constexpr std::size_t place = 68;
  std::array<unsigned char, 100> header{};
  sqlite3_file* file = nullptr;
  check(m_raw.get(), sqlite3_file_control(m_raw.get(), nullptr, SQLITE_FCNTL_FILE_POINTER, &file));
  const int code = file->pMethods->xRead(file, header.data(), header.size(), 0);
  // Of a short file the rest is zeros.
  if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) {
    throw database_error(code, path_of(m_raw.get()), sqlite3_errstr(code));
  }
  if (bytes_of(header.data(), magic.size()) != magic) {
    throw database_error(SQLITE_NOTADB, path_of(m_raw.get()), sqlite3_errstr(SQLITE_NOTADB));
  }
  std::uint32_t number = 0;
  for (std::size_t i = place; i < place + sizeof number; ++i) {
    number = number << 8 | header.at(i);
  }
  return number;
}

bool database::has_moved() const noexcept {
  int moved = 0;
  sqlite3_file_control(m_raw.get(), nullptr, SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

bool database::in_transaction() const noexcept {
  return sqlite3_get_autocommit(m_raw.get()) == 0;
}

transaction::transaction(database& in, kind what) : m_database(in) {
  m_database.run(what == kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

transaction::~transaction() {
  // Some errors have taken it back already.
  if (!m_database.in_transaction()) return;
  try {
    m_database.run("ROLLBACK");
  } catch (const database_error&) {
    // Then SQLite takes it back before it does anything else.
  }
}

void transaction::commit() {
  m_database.run("COMMIT");
}

}  // namespace logpipe
