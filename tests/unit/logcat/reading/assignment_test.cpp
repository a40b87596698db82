#include "logcat/reading/assignment.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using logpipe::logcat::assignment;
using logpipe::logcat::no_end;
using logpipe::logcat::reading;

TEST_CASE("a stretch is done when a record, an end or a position is at or past its end") {
  assignment parts;
  reading& part = parts.add({"test", 0, 10, 20});
  CHECK_FALSE(part.done());
  SECTION("the last record") {
    part.pass_to(20);
  }
  SECTION("a record behind it") {
    part.pass_to(23);
  }
  SECTION("the log's end, behind a marker") {
    part.end_seen_at(20);
  }
  CHECK(part.done());
  CHECK(parts.done());
  CHECK(parts.first_unfinished() == nullptr);
}

TEST_CASE("an empty stretch is done before it begins") {
  assignment parts;
  CHECK(parts.add({"test", 0, 20, 20}).done());
  CHECK(parts.add({"test", 1, 30, 20}).done());
  CHECK(parts.done());
  CHECK(parts.left() == 0);
}

TEST_CASE("what is left is counted in offsets, of what has an end") {
  assignment parts;
  parts.add({"test", 0, 0, 100}).pass_to(60);
  parts.add({"test", 1, 0, 10}).pass_to(12);
  parts.add({"test", 2, 0, no_end});
  CHECK(parts.left() == 40);
  REQUIRE(parts.first_unfinished() != nullptr);
  CHECK(parts.first_unfinished()->partition == 0);
}

TEST_CASE("the share is that of the offsets which have an end") {
  assignment parts;
  parts.add({"test", 2, 0, no_end});
  CHECK_FALSE(parts.share());
  parts.add({"test", 1, 10, 10});
  CHECK(parts.share() == 1.0);
  parts.add({"test", 0, 100, 200}).pass_to(125);
  CHECK(parts.share() == 0.25);
}

TEST_CASE("a position never goes back") {
  assignment parts;
  reading& part = parts.add({"test", 0, 10, 20});
  part.pass_to(15);
  part.pass_to(12);
  part.pass_to(-1);
  CHECK(part.next == 15);
}

TEST_CASE("a follower has caught up when it has read all that the log held") {
  assignment parts;
  reading& part = parts.add({"test", 0, 10, no_end});
  CHECK_FALSE(parts.caught_up());
  part.end_seen_at(12);
  CHECK(parts.caught_up());
  part.pass_to(13);
  CHECK(parts.caught_up());
  CHECK_FALSE(parts.done());
}

TEST_CASE("a log made anew is read from its start, to where it ends now if there was an end") {
  assignment parts;
  reading& bounded = parts.add({"t", 0, 500, 1000});
  bounded.made_anew(0, 10);
  CHECK(bounded.next == 0);
  CHECK(bounded.first == 0);
  CHECK(bounded.end == 10);
  CHECK_FALSE(bounded.caught_up());

  reading& following = parts.add({"t", 1, 500});
  following.end_seen_at(700);
  following.made_anew(0, 10);
  CHECK(following.next == 0);
  CHECK(following.end == no_end);
  CHECK_FALSE(following.caught_up());
}

TEST_CASE("partitions are found by topic and number") {
  assignment parts;
  parts.add({"one", 0, 0, 10});
  parts.add({"one", 1, 0, 10});
  parts.add({"two", 1, 0, 10});
  const std::string one = "one";
  const std::string two = "two";
  const std::string other = "one";
  REQUIRE(parts.find(one, 1) != nullptr);
  CHECK(parts.find(one, 1) == parts.find(other, 1));
  CHECK(parts.find(one, 1) != parts.find(one, 0));
  CHECK(parts.find(two, 1)->topic == "two");
  CHECK(parts.find(two, 0) == nullptr);
  CHECK(parts.find("three", 0) == nullptr);
  // names of different lengths that begin at one place
  CHECK(parts.find(one, 1)->topic == "one");
  CHECK(parts.find(std::string_view(one).substr(0, 2), 1) == nullptr);
  // names of one length, one after the other at one place
  std::string place = "one";
  CHECK(parts.find(place, 1)->topic == "one");
  place = "two";
  CHECK(parts.find(place, 1)->topic == "two");
}

TEST_CASE("a reading that is closed is done, and told of once") {
  assignment parts;
  reading& part = parts.add({"test", 0, 10, 100});
  parts.close(part, 50);
  CHECK(part.done());
  CHECK(parts.left() == 0);
  CHECK(parts.take_closed() == std::vector<reading*>{&part});
  CHECK(parts.take_closed().empty());
}

TEST_CASE("what was let go is neither waited for nor counted, and may come back") {
  assignment parts;
  reading& mine = parts.add({"test", 0, 0, 100});
  reading& other = parts.add({"test", 1, 0, 100});
  other.let_go = true;
  CHECK(parts.left() == 100);
  mine.pass_to(100);
  CHECK(parts.done());
  CHECK(parts.caught_up());

  reading& again = parts.add({"test", 1, 40, 100});
  CHECK(&again == &other);
  CHECK(again.index == 1);
  CHECK(again.next == 40);
  CHECK(parts.left() == 60);
  CHECK(parts.size() == 2);
}

TEST_CASE("an offset that lies ahead is waited for from where the log ends") {
  assignment parts;
  reading& part = parts.add({"test", 0, 50}, 20);
  CHECK(part.next == 20);
  CHECK(part.first == 50);
  CHECK(part.caught_up());
}
