#include "logcat/resuming/resume_check.hpp"

#include <catch2/catch.hpp>

using namespace logpipe::logcat;
using kind = resumption::kind;

namespace {

constexpr record_mark last{.offset = 9, .timestamp = 100, .hash = 1};
constexpr record_mark other{.offset = 9, .timestamp = 100, .hash = 2};

/// A partition that was read up to 10, the last record being at 9.
struct partition_story {
  resumed_partition part{.kept = {.next = 10, .last = last},
                         .found = {.begin = 0, .high_watermark = 20, .last = last}};

  resumption goes_on(bool fewer = false) {
    part.is = compare(part.kept, part.found);
    return resume({part}, fewer).front();
  }
};

resumed_partition partition(sameness is, std::int64_t begin = 3) {
  return {.kept = {.next = 10, .last = last},
          .found = {.begin = begin, .high_watermark = 20, .last = {}},
          .is = is};
}

}  // namespace

TEST_CASE_METHOD(partition_story, "the log that was read goes on where it was left") {
  CHECK(goes_on().what == kind::goes_on);
  CHECK(goes_on().first == 10);
}

TEST_CASE_METHOD(partition_story, "a log that ends at the position is the same") {
  part.found.high_watermark = 10;
  CHECK(goes_on().first == 10);
}

TEST_CASE_METHOD(partition_story, "another record in the place of the last one: made anew") {
  SECTION("with another content") {
    part.found.last = other;
  }
  SECTION("of another time") {
    part.found.last->timestamp = 200;
  }
  CHECK(goes_on().what == kind::made_anew);
  CHECK(goes_on().first == 0);
}

TEST_CASE_METHOD(partition_story, "a log that ends before the position: made anew for certain") {
  part.found.high_watermark = 9;
  part.found.last.reset();
  CHECK(goes_on().what == kind::made_anew);
  SECTION("though no record was read yet") {
    part.kept.last.reset();
    CHECK(goes_on().what == kind::made_anew);
  }
}

TEST_CASE_METHOD(partition_story, "a last record that is gone tells nothing: the log goes on") {
  part.found.last.reset();
  CHECK(goes_on().what == kind::goes_on);
  CHECK(goes_on().first == 10);
}

TEST_CASE_METHOD(partition_story, "retention that took records before they were read is told") {
  part.found.begin = 15;
  part.found.last.reset();
  CHECK(goes_on().what == kind::removed);
  CHECK(goes_on().first == 15);
}

TEST_CASE_METHOD(partition_story, "retention up to the position took nothing") {
  part.found.begin = 10;
  part.found.last.reset();
  CHECK(goes_on().what == kind::goes_on);
}

TEST_CASE_METHOD(partition_story, "a topic with fewer partitions is another one") {
  CHECK(goes_on(true).what == kind::goes_on);  // this partition is surely the same
  part.found.last.reset();
  CHECK(goes_on(true).what == kind::made_anew);
}

TEST_CASE("what cannot be told follows the other partitions of its topic") {
  const auto unknown = partition(sameness::unknown);
  CHECK(resume({unknown, partition(sameness::same)}, false)[0].what == kind::goes_on);
  CHECK(resume({unknown, partition(sameness::another)}, false)[0].what == kind::made_anew);
  CHECK(resume({unknown, partition(sameness::shorter)}, false)[0].first == 3);
}

TEST_CASE("a partition that is surely the same goes on whatever the others are") {
  const auto found = resume({partition(sameness::same), partition(sameness::shorter)}, false);
  CHECK(found[0].what == kind::goes_on);
  CHECK(found[0].first == 10);
}
