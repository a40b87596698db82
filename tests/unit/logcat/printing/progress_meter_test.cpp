#include "logcat/printing/progress_meter.hpp"

#include "support/captured_stderr.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace logpipe;
using namespace logpipe::logcat;

namespace {

class empty_sink : public record_sink {
public:
  std::size_t take(std::span<const record> run) override { return run.size(); }
  void flush() override {}
  bool enough() const override { return false; }
};

std::vector<record> records(std::size_t count) {
  record one;
  one.key = "123";
  one.value = "1234567";
  return std::vector<record>(count, one);
}

}  // namespace

TEST_CASE("progress is what was read, and its share of the offsets that are asked for") {
  const test::captured_stderr screen;
  app::messages out("logcat");
  empty_sink next;
  progress_meter meter(out, next);
  assignment parts;
  parts.add({"test", 0, 100, 200}).pass_to(150);
  meter.measure(parts);
  CHECK(meter.take(records(1024)) == 1024);
  CHECK(screen.text() == "\rlogcat: 10K (50 %), 1024 records");
  meter.erase();
  CHECK_THAT(screen.text(), Catch::EndsWith(" \r"));
}

TEST_CASE("while nothing comes the line is drawn too, without a share where there is no end") {
  const test::captured_stderr screen;
  app::messages out("logcat");
  empty_sink next;
  progress_meter meter(out, next);
  meter.flush();
  CHECK(screen.text() == "\rlogcat: 0, 0 records");
}
