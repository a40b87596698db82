#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

// SQLite's own; its header is for database.cpp alone.
struct sqlite3;
struct sqlite3_stmt;

namespace logpipe {

/// What a failure of SQLite means for one who keeps something in it.
enum class database_failure {
  busy,          ///< another process writes, and went on for longer than was waited for
  full,          ///< the disk, or the quota
  io,            ///< reading or writing failed
  read_only,     ///< the file, or its directory, cannot be written
  cannot_open,   ///< not there, a directory, no permission
  damaged,       ///< what is in it contradicts itself
  not_database,  ///< the file is something else
  other
};

/// A call of SQLite that failed. The text has the file, what SQLite says, its extended result code,
/// and the system's words where a system call was the cause.
class database_error : public std::runtime_error {
public:
  database_error(int code, const std::string& path, const std::string& reason)
      : std::runtime_error(path + ": " + reason), m_code(code), m_reason(reason) {}

  /// The text without the file.
  const std::string& reason() const noexcept { return m_reason; }

  /// SQLite's extended result code (https://sqlite.org/rescode.html), and the primary one in it.
  int code() const noexcept { return m_code; }
  int primary_code() const noexcept { return m_code & 0xff; }
  database_failure kind() const noexcept;

private:
  int m_code;
  std::string m_reason;
};

/// A prepared statement, to be used again and again. Parameters count from 1, columns from 0, as in
/// SQLite. Unsigned numbers are kept as the signed ones with the same bits. Everything throws
/// database_error.
class statement {
public:
  /// None; only to be given one.
  statement() noexcept = default;

  statement& bind(int parameter, std::integral auto value) {
    return bind_integer(parameter, static_cast<std::int64_t>(value));
  }
  /// Bytes but NUL; they need not be UTF-8. Copied.
  statement& bind(int parameter, std::string_view text);
  statement& bind_blob(int parameter, std::string_view bytes);
  statement& bind_null(int parameter);

  /// The next row, whose columns can be read until the next call. False: there is none any more,
  /// and the statement stands at its beginning again, as it does after an error.
  bool step();
  /// For one that gives no rows.
  void run() {
    while (step()) {
    }
  }
  /// Back to the beginning, where not all rows were wanted. What was bound stays.
  void reset() noexcept;

  bool is_null(int column) const noexcept;
  std::int64_t integer(int column) const noexcept;
  std::uint64_t unsigned_integer(int column) const noexcept {
    return static_cast<std::uint64_t>(integer(column));
  }
  /// Of a text or a blob: good until the next call.
  std::string_view text(int column) const noexcept;
  std::string_view blob(int column) const noexcept;

private:
  friend class database;
  struct finalizer {
    void operator()(sqlite3_stmt* raw) const noexcept;
  };

  explicit statement(sqlite3_stmt* raw) noexcept : m_raw(raw) {}
  statement& bind_integer(int parameter, std::int64_t value);
  void check(int code);

  std::unique_ptr<sqlite3_stmt, finalizer> m_raw;
};

/// An SQLite database in a file. For one thread; its statements may outlive it. Everything throws
/// database_error.
class database {
public:
  enum class mode {
    create,     ///< made, with 0644 less the umask, where it is not there
    write,      ///< it is there
    read,       ///< others may write meanwhile; may make FILE-shm, never FILE
    read_alone  ///< nobody writes meanwhile, which is not looked at; nothing is locked or made
  };
  database(const std::string& path, mode how);

  /// How long a call waits for another process to finish its write. Not at all, if not set.
  void wait_for_others(std::chrono::milliseconds limit);
  /// One or more statements in SQL; the rows they give are dropped.
  void run(const std::string& sql);
  statement prepare(std::string_view sql);
  /// The first column of the first row; a database_error when there is none.
  std::int64_t integer_of(std::string_view sql);
  std::string text_of(std::string_view sql);

  /// The application's number that stands in the file (https://sqlite.org/fileformat2.html), also
  /// where a log holds what should come over it, and a query could not be answered. Reads through
  /// SQLite, since a process that closes a file of its own gives up SQLite's locks on it.
  std::uint32_t application_id();

  /// The path leads to no file any more, or to another one than was opened.
  bool has_moved() const noexcept;
  bool in_transaction() const noexcept;

private:
  struct closer {
    void operator()(sqlite3* raw) const noexcept;
  };
  std::unique_ptr<sqlite3, closer> m_raw;
};

/// From here to commit() all is done, or nothing: what was not committed is taken back when it
/// goes.
class transaction {
public:
  enum class kind {
    read,  ///< what is read is of one moment
    write  ///< others that write are kept out from the beginning
  };
  transaction(database& in, kind what);
  ~transaction();
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;

  /// When it throws, nothing was done.
  void commit();

private:
  database& m_database;
};

}  // namespace logpipe
