#include "surrounded.hpp"

#include <logpipe/follow/memory/vanished.hpp>

using namespace logpipe::follow;

using ids = std::vector<kept_id>;
using state = kept_generation::state;

namespace {

struct vanished_fixture : testing::surrounded {
  bool tell_vanished(bool is_hidden = false) {
    directory_lists lists;
    return logpipe::follow::tell_vanished(path("log"), path("log"), around, is_hidden, lists);
  }
  kept_generation gone(kept_id id, std::uint64_t read, std::uint64_t size) const {
    kept_generation made;
    made.id = id;
    made.source = path("log");
    made.name = path("log.1");
    made.read.offset = read;
    made.sent = read;
    made.size = size;
    made.what = state::followed;
    return made;
  }
};

}  // namespace

TEST_CASE_METHOD(vanished_fixture, "what is nowhere is told with what is lost, once") {
  append("x", "log");
  kept = memory({gone(1, 4, 10)});
  CHECK(tell_vanished());
  REQUIRE(told<generation_vanished>().size() == 1);
  CHECK(told<generation_vanished>()[0].what.id == 1);
  CHECK(told<generation_vanished>()[0].lost == 6);
  CHECK(tell_vanished());
  CHECK(told<generation_vanished>().size() == 1);
}

TEST_CASE_METHOD(vanished_fixture, "what was sent and not acknowledged counts as lost") {
  append("x", "log");
  auto sent = gone(1, 4, 6);
  sent.sent = 10;
  kept = memory({sent});
  tell_vanished();
  REQUIRE(told<generation_vanished>().size() == 1);
  CHECK(told<generation_vanished>()[0].lost == 6);
}

TEST_CASE_METHOD(vanished_fixture, "of those that are done with it is told which are there") {
  append("x", "log");
  kept = memory({gone(1, 10, 10), gone(2, 10, 10)});
  kept.found({1});
  CHECK(tell_vanished());
  CHECK(told<generation_vanished>().empty());
  REQUIRE(told<generations_seen>().size() == 1);
  CHECK(told<generations_seen>()[0].there == ids{1});
  CHECK(told<generations_seen>()[0].gone == ids{2});
}

TEST_CASE_METHOD(vanished_fixture, "where nothing of the log is there it may come") {
  kept = memory({gone(1, 4, 10), gone(2, 10, 10)});
  CHECK_FALSE(tell_vanished());
  CHECK(events.empty());
  kept = memory({gone(2, 10, 10)});
  CHECK(tell_vanished());
}

TEST_CASE_METHOD(vanished_fixture, "another file of it says that its place is there") {
  kept = memory({gone(1, 4, 10), gone(2, 10, 10)});
  kept.found({2});
  CHECK(tell_vanished());
  CHECK(told<generation_vanished>().size() == 1);
}

TEST_CASE_METHOD(vanished_fixture, "where its directory cannot be listed it may come") {
  append("x", "log");
  auto elsewhere = gone(1, 4, 10);
  elsewhere.name = path("unmounted/log.1");
  kept = memory({elsewhere});
  CHECK_FALSE(tell_vanished());
  CHECK(told<generation_vanished>().empty());
}

TEST_CASE_METHOD(vanished_fixture, "while files cannot be read nothing is known to be lost") {
  append("x", "log");
  kept = memory({gone(1, 4, 10), gone(2, 10, 10)});
  CHECK_FALSE(tell_vanished(true));
  CHECK(told<generation_vanished>().empty());
  CHECK(told<generations_seen>()[0].gone == ids{2});
}
