#include "logtail/positions/status_text.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::logtail;
using state = logtail::file_status::state;

namespace {

constexpr std::int64_t now = 1'000'000;

logtail::file_status file(const std::string& name, state what, std::uint64_t position,
                          std::optional<std::uint64_t> size, std::uint64_t lag) {
  logtail::file_status file;
  file.name = name;
  file.what = what;
  file.position = position;
  file.size = size;
  file.lag = lag;
  return file;
}

source_status source(const std::string& path, std::vector<logtail::file_status> files) {
  source_status source;
  source.kept.path = path;
  for (const auto& each : files)
    source.lag += each.lag;
  if (source.lag > 0) source.behind_since = now - 12'000;
  source.files = std::move(files);
  return source;
}

}  // namespace

TEST_CASE("numbers are aligned to the right, a log that is one file is one row") {
  std::vector<source_status> sources;
  sources.push_back(source("/log/a", {file("/log/a", state::there, 100, 12345, 12245)}));
  sources.push_back(source("/log/b", {file("/log/b", state::there, 7, 7, 0)}));
  sources[1].kept.held = 3;
  sources[1].kept.lost = 20;
  sources[1].kept.refused = 1;
  sources[1].kept.sent_again = 40;
  CHECK(status_table(sources, now) ==
        "POSITION   SIZE  BEHIND  AGE  HELD  LOST  REFUSED  AGAIN  FILE\n"
        "     100  12345   12.0K  12s     0     0        0      0  /log/a\n"
        "       7      7       0    -     3    20        1     40  /log/b\n"
        "sources: 2; behind: 12.0K (1 of them, 12s at most); held: 3 bytes; lost: 20 bytes; "
        "refused: 1 lines; sent again: 40 lines\n");
}

TEST_CASE("a log of several files has a row for each of them") {
  const std::vector<source_status> sources{source(
      "/log/a",
      {file("/log/a.2", state::compressed, 10, {}, 5), file("/old/a.1", state::gone, 20, {}, 2),
       file("/log/a", state::unknown, 0, 30, 30)})};
  CHECK(status_table(sources, now) ==
        "POSITION        SIZE  BEHIND  AGE  HELD  LOST  REFUSED  AGAIN  FILE\n"
        "                          37  12s     0     0        0      0  /log/a\n"
        "      10  compressed       5                                     a.2\n"
        "      20        gone       2                                     /old/a.1\n"
        "       0          30      30                                     a  (new; read from 0)\n"
        "sources: 1; behind: 37 (1 of them, 12s at most); held: 0 bytes; lost: 0 bytes; refused: 0 "
        "lines; sent again: 0 lines\n");
}

TEST_CASE("a name cannot drive the terminal") {
  const std::vector<source_status> sources{source("/log/\x1b[31m\n", {})};
  CHECK(status_table(sources, now).find("/log/\\x1b[31m\\x0a\n") != std::string::npos);
}

TEST_CASE("a clock that was set back makes nothing older") {
  auto one = source("/log/a", {file("/log/a", state::there, 0, 1, 1)});
  CHECK(age_of(one, now) == 12'000);
  CHECK(age_of(one, now - 20'000) == 0);
}
