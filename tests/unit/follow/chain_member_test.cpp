#include "temporary_directory.hpp"

#include <logpipe/follow/chain_member.hpp>

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace logpipe;
using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

namespace {

/// A file that is followed, and the time.
struct member_fixture : temporary_directory {
  time_point now{1h};
  block_store blocks{4096};
  chunk out;
  std::optional<chain_member> member;

  void follow(std::string_view text) {
    append(text);
    member.emplace(open(), 0, 0, now);
    read();
  }
  void read() {
    while (member->readable()) {
      member->file().read(out, blocks, framing(), {});
      member->was_read(out.end - out.begin, now);
    }
  }
  /// Time passes, then the follower looks and reads.
  void after(std::chrono::nanoseconds time) {
    now += time;
    member->look(now);
    read();
  }
};

}  // namespace

TEST_CASE_METHOD(member_fixture, "a file at its path waits for nothing") {
  follow("one\nhalf");
  after(1h);
  CHECK_FALSE(member->is_left(now));
  CHECK_FALSE(member->may_be_succeeded(now));
  CHECK_FALSE(member->may_be_let_go(now));
  CHECK_FALSE(member->due(now));
}

TEST_CASE_METHOD(member_fixture, "without an unfinished line it is succeeded after 1 s of quiet") {
  follow("one\n");
  after(1h);
  member->went_away(now);
  CHECK(member->due(now) == now + 1s);
  after(999ms);
  CHECK_FALSE(member->may_be_succeeded(now));
  after(1ms);
  CHECK(member->may_be_succeeded(now));
  CHECK_FALSE(member->is_left(now));
}

TEST_CASE_METHOD(member_fixture, "with an unfinished line it is succeeded after 5 s of quiet") {
  follow("half");
  member->went_away(now);
  after(4s);
  CHECK_FALSE(member->may_be_succeeded(now));
  append("more");
  after(500ms);
  after(4999ms);
  CHECK_FALSE(member->is_left(now));
  after(1ms);
  CHECK(member->is_left(now));
  CHECK(member->may_be_succeeded(now));
}

TEST_CASE_METHOD(member_fixture, "it is left when its writer closes it after the rename") {
  follow("half");
  member->went_away(now);
  member->modified(now);
  member->closed();
  read();
  CHECK(member->is_left(now));
  CHECK(member->may_be_succeeded(now));
}

TEST_CASE_METHOD(member_fixture, "a close says nothing") {
  follow("half");
  SECTION("before the rename") {
    member->closed();
    member->renamed();
  }
  SECTION("before it went away without an event") {
    member->closed();
  }
  SECTION("when it was renamed and came back") {
    member->renamed();
    member->is_at_path();
    member->closed();
  }
  SECTION("before a write by someone else") {
    member->renamed();
    member->closed();
    member->modified(now);
  }
  member->went_away(now);
  read();
  CHECK_FALSE(member->is_left(now));
}

TEST_CASE_METHOD(member_fixture, "it stays left when it is renamed again") {
  follow("half");
  member->renamed();
  member->closed();
  member->went_away(now);
  member->renamed();
  read();
  CHECK(member->is_left(now));
}

TEST_CASE_METHOD(member_fixture, "10 s after the rotation it is succeeded whatever happens") {
  follow("one\n");
  member->went_away(now);
  for (int i = 0; i < 19; ++i) {
    append("more\n");
    after(500ms);
    CHECK_FALSE(member->may_be_succeeded(now));
  }
  append("more\n");
  now += 500ms;
  member->look(now);
  CHECK_FALSE(member->may_be_succeeded(now));  // first what stands in it by now
  read();
  append("more\n");
  member->look(now);
  CHECK(member->may_be_succeeded(now));
}

TEST_CASE_METHOD(member_fixture, "it is let go after 5 minutes of quiet") {
  follow("one\n");
  member->went_away(now);
  after(4min);
  append("late\n");
  after(0s);
  after(5min - 1ms);
  CHECK_FALSE(member->may_be_let_go(now));
  after(1ms);
  CHECK(member->may_be_let_go(now));
}

TEST_CASE_METHOD(member_fixture, "bytes read since the rotation are counted") {
  follow("one\n");
  member->went_away(now);
  append("two\n");
  after(0s);
  CHECK(member->read_since_away() == 4);
}

TEST_CASE_METHOD(member_fixture, "lines read between two looks do not count as a change again") {
  follow("one\n");
  member->went_away(now);
  append("two\n");
  member->modified(now);
  read();
  after(1s);
  CHECK(member->may_be_succeeded(now));
}

TEST_CASE_METHOD(member_fixture, "a failing file is tried again with the next look") {
  follow("one\n");
  member->failed(EIO);
  CHECK_FALSE(member->readable());
  member->look(now);
  CHECK(member->readable());
}

TEST_CASE_METHOD(member_fixture, "it is not let go before its last line was taken") {
  follow("half");
  member->went_away(now);
  after(1h);
  CHECK(member->is_left(now));
  CHECK_FALSE(member->may_be_let_go(now));
  member->file().read_rest(out, framing(), {});
  CHECK(member->may_be_let_go(now));
}
