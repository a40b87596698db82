#include "logcat/looking/verify_text.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logpipe;
using namespace logpipe::logcat;
using verdict = missing_run::verdict;

namespace {

struct checked {
  run_budget budget = 10;
  std::vector<checked_partition> partitions;

  partition_check& add(std::int64_t end, bool complete = true) {
    partitions.push_back(
        {"orders", static_cast<std::int32_t>(partitions.size()), {0, end, budget}, complete});
    return partitions.back().check;
  }
  std::string summary(bool json = false) const {
    output_buffer out;
    append_summary(out, partitions, json, false);
    return std::string(out.view());
  }
};

std::string run_text(const missing_run& run, bool json = false) {
  checked of;
  of.add(100);
  output_buffer out;
  append_run(out, of.partitions[0], run, json);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("a run is a line with its verdict") {
  CHECK(run_text({5, 15, verdict::aborted}) ==
        "orders [0]: offsets 5 to 14 (10) are missing: aborted records\n");
  CHECK(run_text({5, 6, verdict::unknown}) ==
        "orders [0]: offset 5 is missing: markers, compaction or loss: cannot be told\n");
  CHECK(
      run_text({5, 15, verdict::aborted}, true) ==
      R"({"type":"missing","topic":"orders","partition":0,"first":5,"last":14,"offsets":10,"verdict":"aborted"}
)");
}

TEST_CASE("a summary of what is whole") {
  checked of;
  of.add(2).saw(0);
  of.partitions[0].check.saw(1);
  CHECK(of.summary() ==
        "TOPIC   PARTITION  FIRST  END  RECORDS  MISSING  ABORTED\n"
        "orders          0      0    2        2        0        0\n"
        "\n"
        "1 partition, 2 records, no offset is missing\n");
}

TEST_CASE("a summary of what is not") {
  checked of;
  auto& first = of.add(4);
  first.saw(0);
  first.saw(0);
  first.passed(4);
  first.saw_uncommitted(1);
  of.add(9, false).saw(0);
  const auto text = of.summary();
  CHECK_THAT(text, Catch::Contains("        1        3        1  1 repeated\n"));
  CHECK_THAT(text, Catch::Contains("        1        0        0  read to offset 1 only\n"));
  CHECK_THAT(text, Catch::EndsWith("2 partitions, 2 records, 3 offsets are missing: 1 of aborted "
                                   "records, 2 of markers, compaction or loss\n"));
  CHECK_THAT(
      of.summary(true),
      Catch::EndsWith(R"({"type":"total","partitions":2,"records":2,"missing":3,"aborted":1,)"
                      R"("repeated":1,"out_of_order":0,"complete":false})"
                      "\n"));
}
