#include "temporary_directory.hpp"

#include <logpipe/follow/compressed/compression.hpp>

#include <catch2/catch.hpp>

#include <support/compressed_text.hpp>

using namespace logpipe::follow;
using logpipe::test::compressed;

TEST_CASE("what a file is compressed with is told by its first bytes") {
  const auto how = GENERATE(compression::none, compression::gzip, compression::bzip2,
                            compression::xz, compression::zstd, compression::lz4);
  CHECK(compression_of(compressed(how, "a line\n").substr(0, 6)) == how);
  CHECK(compression_of(compressed(how, "")) == how);
}

TEST_CASE("lines are not taken for compressed") {
  for (const auto* text : {"", "B", "BZh", "BZh9 was written here", "begin 644 x", "\x1F\x8B"}) {
    CHECK(compression_of(text) == compression::none);
  }
}

TEST_CASE("a skippable frame begins a file of zstd, as pzstd writes it") {
  CHECK(compression_of("\x50\x2A\x4D\x18\x04") == compression::zstd);
}

TEST_CASE("an open file's compression is told wherever it stands") {
  testing::temporary_directory files;
  files.append(compressed(compression::xz, "a line\n"));
  files.append("a line\n", "plain");
  CHECK(compression_of(files.open().get()) == compression::xz);
  CHECK(compression_of(files.open("plain").get()) == compression::none);
}
