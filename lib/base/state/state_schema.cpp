#include <logpipe/base/durable_rename.hpp>
#include <logpipe/base/fd.hpp>
#include <logpipe/base/state/explained.hpp>
#include <logpipe/base/state/state_file.hpp>
#include <logpipe/base/state/state_schema.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <system_error>

namespace logpipe {

namespace fs = std::filesystem;

namespace {

/// Others hold the file for moments only, and nothing else is done while it is waited for.
constexpr std::chrono::milliseconds wait_for_others{200};

void make_steps(database& in, std::int64_t from, const state_schema& schema) {
  transaction together(in, transaction::kind::write);
  for (const schema_step step : schema.steps.subspan(static_cast<std::size_t>(from))) {
    step(in);
  }
  in.run(fmt::format("PRAGMA user_version = {}", schema.version()));
  together.commit();
}

/// An empty file, for its owner alone, in the place of what was left unfinished.
void make_unfinished(const std::string& path) {
  for (const char* what : {"", "-journal", "-wal", "-shm"}) {
    ::unlink((path + what).c_str());
  }
  const fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) throw_errno(path);
}

void check_pages(database& in) {
  const std::string found = in.text_of("PRAGMA quick_check(1)");
  if (found != "ok") throw damaged_row(found);
}

}  // namespace

database open_state(const std::string& path, const state_schema& schema) {
  check_state_place(path);
  if (!has_state_file(path, state_access::write)) make_state_file(path, schema);
  return explained(path, [&] {
    check_application(path, schema);
    database opened(path, database::mode::write);
    opened.wait_for_others(wait_for_others);
    check_version(opened, path, schema, true);
    opened.run("PRAGMA journal_mode = WAL");
    opened.run("PRAGMA synchronous = NORMAL");
    check_pages(opened);
    bring_up_to_date(opened, path, schema);
    return opened;
  });
}

void make_state_file(const std::string& path, const state_schema& schema) {
  const std::string log = path + "-wal";
  std::error_code absent;
  if (const auto size = fs::file_size(log, absent); !absent && size != 0) {
    throw state_error(path, fmt::format("is missing, but {} is there", log),
                      "put it back, or remove that too to begin without positions");
  }
  explained(path, [&] {
    const std::string unfinished = path + ".new";
    make_unfinished(unfinished);
    {
      database made(unfinished, database::mode::write);
      made.run("PRAGMA journal_mode = OFF");  // half a file is thrown away, not repaired
      made.run(fmt::format("PRAGMA application_id = {}", schema.application));
      make_steps(made, 0, schema);
    }
    rename_durably(unfinished, path, existing::keep);
  });
}

void check_application(const std::string& path, const state_schema& schema) {
  // Opening it in any other way might already repair it, or empty its log.
  const auto found = database(path, database::mode::read_alone).application_id();
  if (found == schema.application) return;
  throw state_error(path, fmt::format("is no database of {}", schema.content),
                    "name another file, or put a copy back");
}

void check_version(database& in, const std::string& path, const state_schema& schema,
                   bool older_too) {
  const std::int64_t newest = schema.version();
  const std::int64_t version = in.integer_of("PRAGMA user_version");
  if (version < 0 || version > newest) {
    throw state_error(path,
                      fmt::format("is of version {}, and this program knows {}", version, newest),
                      "use a newer program, or name another file");
  }
  if (version < newest && !older_too) {
    throw state_error(path, fmt::format("is of version {}, and not brought up to date", version),
                      "let this program go on with it first");
  }
}

void bring_up_to_date(database& in, const std::string& path, const state_schema& schema) {
  const std::int64_t version = in.integer_of("PRAGMA user_version");
  if (version == schema.version()) return;
  const std::string copy = fmt::format("{}.v{}", path, version);
  make_unfinished(copy + ".new");
  in.prepare("VACUUM INTO ?").bind(1, copy + ".new").run();
  rename_durably(copy + ".new", copy, existing::replace);
  make_steps(in, version, schema);
}

}  // namespace logpipe
