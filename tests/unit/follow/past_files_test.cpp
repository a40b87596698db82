#include "surrounded.hpp"

#include <logpipe/follow/memory/past_files.hpp>

#include <filesystem>
#include <support/compressed_text.hpp>

using namespace logpipe::follow;
using logpipe::test::compressed;

using texts = std::vector<std::string>;
using state = kept_generation::state;

namespace {

std::string long_text(const std::string& word) {
  std::string text;
  for (int i = 0; i < 200; ++i) {
    text += word + " " + std::to_string(i) + "\n";
  }
  return text;
}

/// A log of which something may be kept.
struct past_fixture : testing::surrounded {
  bool has_copies = false;
  std::vector<past_file> found;

  void keep(std::vector<kept_generation> all) { kept = memory(std::move(all)); }
  /// What stands at the log's path has been taken by its source.
  void take_present() { REQUIRE(files.claim(status_of(path("log"))->id, 0)); }
  texts find() {
    past_files past(0, path("log"), path("log"), around, [this](int) { return has_copies; });
    directory_lists lists;
    found = past.find(lists, now);
    texts names;
    for (const auto& each : found) {
      names.push_back(std::filesystem::path(each.path).filename());
    }
    return names;
  }
};

}  // namespace

TEST_CASE_METHOD(past_fixture, "at the first start what is there is left out") {
  append(compressed(compression::gzip, "older\n"), "log.2.gz");
  append("old\n", "log.1");
  append("one\n", "log");
  take_present();
  CHECK(find().empty());
  const auto known = told<generation_known>();
  REQUIRE(known.size() == 2);
  CHECK(known[0].what.name == path("log.2.gz"));
  CHECK(known[0].what.what == state::left_out);
  CHECK(known[0].what.head.matches("older\n"));
  CHECK(known[1].what.name == path("log.1"));
  CHECK(known[1].what.source == path("log"));
  CHECK(known[1].what.read.offset == 4);
  CHECK(known[1].what.is_done());
  CHECK_FALSE(files.is_to_read(status_of(path("log.1"))->id, 4, now));
}

TEST_CASE_METHOD(past_fixture, "what is kept is found by its number under any name") {
  append("one\ntwo\n", "log");
  keep({read_to(4)});
  SECTION("beside the log") {
    rename("log", "anything");
    CHECK(find() == texts{"anything"});
  }
  SECTION("where it was") {
    std::filesystem::create_directory(path("old"));
    rename("log", "old/log-x");
    auto known = read_to(4, "old/log-x");
    keep({known});
    rename("old/log-x", "old/log-y");
    CHECK(find() == texts{"log-y"});
  }
  CHECK(found[0].from.offset == 4);
  CHECK(found[0].continues.size() == 1);
  CHECK_FALSE(found[0].compressed);
  CHECK(files.is_claimed(status_of(found[0].path)->id));
}

TEST_CASE_METHOD(past_fixture, "what came in between comes behind what is kept, oldest first") {
  append("one\n", "log");
  keep({read_to(0)});
  rename("log", "log.3");
  append("two\n", "log.2");
  append("three\n", "log.1");
  CHECK(find() == texts{"log.3", "log.2", "log.1"});
  CHECK(found[1].continues.empty());
  CHECK(found[1].from.offset == 0);
}

TEST_CASE_METHOD(past_fixture, "what is done with is not found, unless it has more") {
  append("one\n", "log.1");
  auto done = read_to(4, "log.1");
  done.what = state::followed;
  keep({done});
  SECTION("as it was") {
    CHECK(find().empty());
    CHECK(told<generation_known>().empty());
    CHECK_FALSE(files.is_to_read(status_of(path("log.1"))->id, 4, now));
  }
  SECTION("with late lines") {
    append("late\n", "log.1");
    CHECK(find() == texts{"log.1"});
    CHECK(found[0].from.offset == 4);
  }
  SECTION("left out, it is not read for that") {
    done.what = state::left_out;
    keep({done});
    append("late\n", "log.1");
    CHECK(find().empty());
  }
}

TEST_CASE_METHOD(past_fixture, "what is done with and became another file is known again") {
  const std::string text = long_text("first");
  append(text, "log.1");
  auto done = read_to(text.size(), "log.1");
  done.what = state::followed;
  done.head.extend(text);
  keep({done});
  remove("log.1");
  append(text, "log.2");
  CHECK(find().empty());
  const auto known = told<generation_known>();
  REQUIRE(known.size() == 1);
  CHECK(known[0].what.name == path("log.2"));
  CHECK(known[0].what.what == state::followed);
  CHECK(known[0].replaces == std::vector<kept_id>{done.id});
}

TEST_CASE_METHOD(past_fixture, "what was compressed is found by what it holds") {
  const std::string text = long_text("first");
  append(text, "log");
  auto known = read_to(500);
  known.head.extend(text);
  keep({known});
  remove("log");
  append(compressed(compression::gzip, text), "log.1.gz");
  CHECK(find() == texts{"log.1.gz"});
  CHECK(found[0].compressed);
  CHECK(found[0].from.offset == 500);
  CHECK(found[0].continues == std::vector<kept_id>{known.id});
}

TEST_CASE_METHOD(past_fixture, "of what is being compressed the plain file is taken") {
  append("one\n", "log");
  keep({read_to(0)});
  append("two\n", "log.1");
  append("begun", "log.1.gz");
  take_present();
  CHECK(find() == texts{"log.1"});
  CHECK(told<damaged>().empty());
}

TEST_CASE_METHOD(past_fixture, "a copy of what is read now is nobody's past") {
  append("one\n", "log");
  keep({read_to(0)});
  append("one\n", "log.1");
  take_present();
  has_copies = true;
  CHECK(find().empty());
}

TEST_CASE_METHOD(past_fixture, "a file that another source reads is left to it") {
  append("one\n", "log");
  keep({read_to(0)});
  append("two\n", "log.1");
  take_present();
  REQUIRE(files.claim(status_of(path("log.1"))->id, 1));
  CHECK(find().empty());
}

TEST_CASE_METHOD(past_fixture, "one that says it is compressed, and is not, is told once") {
  append("one\n", "log");
  keep({read_to(0)});
  take_present();
  append("no archive\n", "log.1.gz");
  CHECK(find().empty());
  CHECK(told<damaged>().size() == 1);
  const auto known = told<generation_known>();
  REQUIRE(known.size() == 1);
  auto remembered = known[0].what;
  remembered.id = 77;
  keep({read_to(0), remembered});
  events.clear();
  find();
  CHECK(told<damaged>().empty());
}

TEST_CASE_METHOD(past_fixture, "a number that another file has by now proves nothing") {
  append("one\ntwo\n", "log");
  auto known = read_to(4);
  known.birth -= 1;
  keep({known});
  rename("log", "other");
  CHECK(find().empty());
}

TEST_CASE_METHOD(past_fixture, "one found where another would not be is told, with a glob") {
  append("one\n", "log");
  keep({read_to(0)});
  rename("log", "20261122.old");
  CHECK(find() == texts{"20261122.old"});
  REQUIRE(told<rotated_out_of_sight>().size() == 1);
  CHECK(told<rotated_out_of_sight>()[0].pattern == path("[0-9]*.old"));
}
