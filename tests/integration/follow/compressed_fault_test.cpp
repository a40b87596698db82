// Compressed files that cannot be read, for a while or at all.
#include "faults.hpp"
#include "follow_fixture.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <support/compressed_text.hpp>

using namespace logpipe::follow;
using namespace logpipe::follow::testing;
using logpipe::milliseconds;
using logpipe::test::compressed;
using logpipe::test::incompressible_lines;

namespace {

struct compressed_faults : follow_fixture {
  compression how = GENERATE(compression::gzip, compression::bzip2, compression::xz,
                             compression::zstd, compression::lz4);
  std::string text = incompressible_lines(2'000'000);
  faults fault;

  compressed_faults() { append("log.gz", compressed(how, text)); }
  void settle() { step(milliseconds(11'000)); }
  std::string took() {
    std::string all;
    for (const auto& line : follow_fixture::took("log.gz")) {
      all += line + "\n";
    }
    return all;
  }
};

}  // namespace

TEST_CASE_METHOD(compressed_faults, "short and interrupted reads of a compressed file") {
  options.once = true;
  fault.most_bytes = GENERATE(as<std::size_t>{}, 7, 1000);
  fault.interrupt = true;
  follow("log.gz");
  CHECK((took() == text));
  CHECK(told<unreadable>().empty());
  CHECK(told<damaged>().empty());
}

TEST_CASE_METHOD(compressed_faults, "a read that fails is told once, and read on when it works") {
  fault.read_error = EIO;
  fault.reads_before = 8;
  follow("log.gz");
  fault.reads_before = 0;
  settle();
  REQUIRE(told<unreadable>().size() == 1);
  CHECK(told<unreadable>()[0].error == EIO);
  fault.read_error = 0;
  settle();
  CHECK((took() == text));
  CHECK(told<opened>().size() == 1);
  CHECK(told<damaged>().empty());
}

TEST_CASE_METHOD(compressed_faults,
                 "with once a read that fails is told, and the run is finished") {
  options.once = true;
  fault.read_error = EIO;
  fault.reads_before = 18;
  follow("log.gz");
  CHECK(told<unreadable>().size() == 1);
  CHECK(told<damaged>().empty());
  CHECK(text.starts_with(took()));
  CHECK(subject().finished());
}
