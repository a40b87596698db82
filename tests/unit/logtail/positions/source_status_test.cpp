#include "logtail/positions/source_status.hpp"

#include "logtail/positions/kept_file.hpp"

#include <logpipe/follow/file/open_file.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <support/temp_directory.hpp>

using namespace logpipe;
using namespace logpipe::logtail;
using generation_state = follow::kept_generation::state;
using state = logtail::file_status::state;

namespace {

constexpr std::int64_t some_time = 1'000'000'000'000;

/// A log in a directory of its own, and what is kept of it.
class kept_log {
  test::temp_directory m_directory;

public:
  const std::string path = m_directory / "app.log";

  std::string operator/(const std::string& name) const { return m_directory / name; }
  void write(const std::string& text) { append(path, text); }
  static void append(const std::string& to, const std::string& text) {
    std::ofstream(to, std::ios::app | std::ios::binary) << text;
  }
  void rotate(const std::string& name) { std::filesystem::rename(path, m_directory / name); }
  /// The file was last changed `age` before some_time.
  static void changed(const std::string& file, std::int64_t age) {
    const std::int64_t at = some_time - age;
    const timespec time{at / 1000, at % 1000 * 1'000'000};
    const timespec times[] = {time, time};
    REQUIRE(::utimensat(AT_FDCWD, file.c_str(), times, 0) == 0);
  }

  /// As a run keeps the file that is at the path now.
  follow::kept_generation& keep(std::uint64_t read,
                                generation_state what = generation_state::open) {
    auto kept = keep_from(follow::open_regular(path).get(), path, read);
    kept.id = static_cast<follow::kept_id>(kept_now.generations.size() + 1);
    kept.what = what;
    kept_now.generations.push_back(kept);
    return kept_now.generations.back();
  }
  ship::kept_source& counts() {
    kept_now.sources.resize(1);
    kept_now.sources.front().path = path;
    return kept_now.sources.front();
  }

  source_status look() const {
    const auto all = look_at_sources(kept_now);
    REQUIRE(all.size() == 1);
    return all.front();
  }

  ship::kept_positions kept_now;
};

}  // namespace

TEST_CASE("nothing is kept of nothing") {
  CHECK(look_at_sources({}).empty());
}

TEST_CASE("a log that was shipped to its end is not behind") {
  kept_log log;
  log.write("one\ntwo\n");
  log.keep(8);
  const auto now = log.look();
  CHECK(now.lag == 0);
  CHECK_FALSE(now.behind_since);
  REQUIRE(now.files.size() == 1);
  CHECK(now.files[0].name == log.path);
  CHECK(now.files[0].what == state::there);
  CHECK(now.files[0].position == 8);
  CHECK(now.files[0].size == 8);
}

TEST_CASE("what has come since is what it is behind by") {
  kept_log log;
  log.write("one\ntwo\n");
  log.keep(4);
  log.write("three\n");
  CHECK(log.look().lag == 10);
}

TEST_CASE("an unfinished last line is held, not behind, until more has come to it") {
  kept_log log;
  log.write("one\ntw");
  log.keep(4);
  log.counts().held = 2;
  CHECK(log.look().lag == 0);
  log.write("o\n");
  CHECK(log.look().lag == 4);
}

TEST_CASE("a rotated file is found under its new name, and the log's new file counts as well") {
  kept_log log;
  log.write("one\ntwo\n");
  log.keep(4);
  log.rotate("renamed by someone");
  log.write("three\n");
  const auto now = log.look();
  REQUIRE(now.files.size() == 2);
  CHECK(now.files[0].name == log / "renamed by someone");
  CHECK(now.files[0].lag == 4);
  CHECK(now.files[1].what == state::unknown);
  CHECK(now.files[1].name == log.path);
  CHECK(now.files[1].position == 0);
  CHECK(now.lag == 10);
}

TEST_CASE("of several generations those that are done are not shown, but the last one is") {
  kept_log log;
  log.write("one\n");
  log.keep(4, generation_state::followed);
  log.rotate("app.log.3");
  log.write("two\nthree\n");
  log.keep(4, generation_state::followed);
  log.rotate("app.log.2");
  log.write("four\n");
  log.keep(5);
  const auto now = log.look();
  REQUIRE(now.files.size() == 2);
  CHECK(now.files[0].name == log / "app.log.2");
  CHECK(now.files[1].name == log.path);
  CHECK(now.lag == 6);
}

TEST_CASE("a file that has gone is behind by what was known of it") {
  kept_log log;
  log.write("one\ntwo\n");
  log.keep(4);
  std::filesystem::remove(log.path);
  const auto now = log.look();
  REQUIRE(now.files.size() == 1);
  CHECK(now.files[0].what == state::gone);
  CHECK_FALSE(now.files[0].size);
  CHECK(now.lag == 4);
}

TEST_CASE("a truncated file, and one that was rewritten, will be read from 0") {
  kept_log log;
  log.write("one\ntwo\n");
  log.keep(8);
  std::ofstream(log.path) << "new\n";
  CHECK(log.look().files.at(0).what == state::rewritten);
  CHECK(log.look().lag == 4);
  std::ofstream(log.path) << "longer than it was\n";
  CHECK(log.look().files.at(0).what == state::rewritten);
  CHECK(log.look().lag == 19);
}

TEST_CASE("a log that was restored as another file goes on where it was") {
  kept_log log;
  log.write("one\ntwo\n");
  log.keep(4);
  std::filesystem::copy(log.path, log / "copy");
  std::filesystem::rename(log / "copy", log.path);
  const auto now = log.look();
  REQUIRE(now.files.size() == 1);
  CHECK(now.files[0].what == state::there);
  CHECK(now.lag == 4);
}

TEST_CASE("files that were left out are not behind") {
  kept_log log;
  log.write("old\n");
  log.rotate("app.log.1");
  auto old = keep_left_out(log / "app.log.1", log.path);
  REQUIRE(old);
  log.kept_now.generations.push_back(*old);
  CHECK(log.look().files.empty());
  CHECK(log.look().lag == 0);
}

TEST_CASE("files that were rotated since, and that no run has seen, will be shipped too") {
  kept_log log;
  log.write("one\n");
  log.keep(4);
  log.rotate("app.log.2");
  log.write("two\n");
  log.rotate("app.log.1");
  log.write("three\n");
  const auto now = log.look();
  REQUIRE(now.files.size() == 2);
  CHECK(now.files[0].name == log / "app.log.1");
  CHECK(now.files[0].what == state::unknown);
  CHECK(now.files[1].name == log.path);
  CHECK(now.lag == 10);
}

TEST_CASE("the rest of a log that was copied and truncated stands in the copy") {
  kept_log log;
  log.write("one\ntwo\n");
  log.keep(4);
  std::filesystem::copy(log.path, log / "app.log.1");
  std::ofstream(log.path) << "new\n";
  const auto now = log.look();
  REQUIRE(now.files.size() == 2);
  CHECK(now.files[0].name == log / "app.log.1");
  CHECK(now.files[0].what == state::there);
  CHECK(now.files[0].lag == 4);
  CHECK(now.files[1].what == state::rewritten);
  CHECK(now.lag == 8);
}

TEST_CASE("a neighbour that is a log of its own is not counted twice") {
  kept_log log;
  log.write("one\n");
  log.keep(0).source = log / "app.log.1";
  log.rotate("app.log.1");
  log.write("two, and more\n");
  log.keep(0);
  const auto all = look_at_sources(log.kept_now);
  REQUIRE(all.size() == 2);
  CHECK(all[0].lag == 14);
  CHECK(all[1].lag == 4);
}

TEST_CASE("a compressed file has no size that compares") {
  kept_log log;
  log.write("one\ntwo\n");
  log.keep(4);
  log.rotate("app.log.1.gz");
  const auto file = log.look().files.at(0);
  CHECK(file.what == state::compressed);
  CHECK_FALSE(file.size);
  CHECK(file.lag == 4);
}

TEST_CASE("a log is behind since it was last seen to be caught up") {
  kept_log log;
  log.write("one\ntwo\n");
  log.keep(4).size = 8;
  log.counts().caught_up = some_time - 7000;
  log.kept_now.alive = some_time - 2000;
  CHECK(log.look().behind_since == some_time - 7000);
}

TEST_CASE("one that had no more to ship was caught up while the run lived") {
  kept_log log;
  log.write("one\n");
  log.keep(4);
  log.counts().caught_up = some_time - 7000;
  log.kept_now.alive = some_time - 2000;
  log.write("two\n");
  CHECK(log.look().behind_since == some_time - 2000);
}

TEST_CASE("what is unread was there by the time of the file's last change, whoever lived then") {
  kept_log log;
  log.write("one\n");
  log.keep(4);
  log.counts().caught_up = some_time - 7000;
  log.kept_now.alive = some_time - 2000;
  log.write("two\n");
  kept_log::changed(log.path, 5000);
  CHECK(log.look().behind_since == some_time - 5000);
}

TEST_CASE("logs of which only counts are kept are shown too, by path") {
  ship::kept_positions kept;
  kept.sources.resize(2);
  kept.sources[0].path = "/nowhere/b";
  kept.sources[1].path = "/nowhere/a";
  const auto all = look_at_sources(kept);
  REQUIRE(all.size() == 2);
  CHECK(all[0].kept.path == "/nowhere/a");
  CHECK(all[1].files.empty());
}
