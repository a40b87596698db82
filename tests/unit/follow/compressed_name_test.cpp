#include <logpipe/follow/names/compressed_name.hpp>

#include <catch2/catch.hpp>

using logpipe::follow::has_compressed_name;

TEST_CASE("compressed files are known by their names") {
  for (const auto* name : {"app.log.1.gz", "a.bz2", "/var/a.xz", "a.zst", "a.lz4"}) {
    CHECK(has_compressed_name(name));
  }
  for (const auto* name : {"app.log", "gz", "a.gz/app.log", "a.gz.1"}) {
    CHECK_FALSE(has_compressed_name(name));
  }
}
