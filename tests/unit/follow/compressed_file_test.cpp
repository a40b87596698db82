#include "temporary_directory.hpp"

#include <logpipe/follow/compressed/compressed_file.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <support/compressed_text.hpp>
#include <system_error>

using namespace logpipe::follow;
using logpipe::test::compressed;
using logpipe::test::incompressible_lines;

namespace {

struct compressed_fixture : testing::temporary_directory {
  compression how = GENERATE(compression::gzip, compression::bzip2, compression::xz,
                             compression::zstd, compression::lz4);

  compressed_file with(std::string_view bytes) {
    rewrite(bytes);
    return compressed_file(path());
  }
  /// So many bytes before damage may be lost with it.
  std::size_t coarseness() const { return how == compression::gzip ? 1 : 128 * 1024 + 1; }
  compressed_file holding(std::string_view text) { return with(compressed(how, text)); }
};

std::string all_of(compressed_file& file, std::size_t at_once = 1000) {
  std::string text;
  std::string piece(at_once, '\0');
  while (const std::size_t size = file.read(piece.data(), piece.size())) {
    text.append(piece, 0, size);
  }
  CHECK(file.is_over());
  return text;
}

}  // namespace

TEST_CASE_METHOD(compressed_fixture,
                 "compressed content is read as it was, whatever is asked for") {
  const std::string text = incompressible_lines(300'000);
  auto file = holding(text);
  CHECK(file.is_compressed());
  CHECK((all_of(file, GENERATE(as<std::size_t>{}, 7, 1000, 1'000'000)) == text));
  CHECK(file.offset() == text.size());
  CHECK_FALSE(file.damaged());
}

TEST_CASE_METHOD(compressed_fixture, "several members in one file are one content") {
  const std::string first = incompressible_lines(100'000);
  // libarchive takes an empty frame of lz4 for the end; what follows is told as damage then.
  const std::string empty = how == compression::lz4 ? "" : compressed(how, "");
  auto file = with(compressed(how, first) + compressed(how, "second\n") + empty +
                   compressed(how, "third\n"));
  CHECK((all_of(file) == first + "second\nthird\n"));
  CHECK_FALSE(file.damaged());
}

TEST_CASE_METHOD(compressed_fixture, "an empty one has no content and is not damaged") {
  auto file = holding("");
  CHECK(file.head().empty());
  CHECK(all_of(file).empty());
  CHECK_FALSE(file.damaged());
}

TEST_CASE_METHOD(compressed_fixture, "one that is cut off is told, behind what stands before") {
  const std::string text = incompressible_lines(3'000'000);
  const std::string bytes = compressed(how, text);
  auto file = with(bytes.substr(0, bytes.size() / 2));
  const std::string before = all_of(file);
  CHECK((text.starts_with(before)));
  CHECK(before.size() > 300'000);
  REQUIRE(file.damaged());
  CHECK(file.damaged()->offset == before.size());
  CHECK(file.damaged()->reason == "it is cut off");
}

TEST_CASE_METHOD(compressed_fixture, "one whose very end is missing is told") {
  const std::string bytes = compressed(how, incompressible_lines(10'000));
  auto file = with(bytes.substr(0, bytes.size() - 1));
  all_of(file);
  CHECK(file.damaged());
}

TEST_CASE_METHOD(compressed_fixture, "damage in its midst is told, behind what stands before") {
  const std::string text = incompressible_lines(3'000'000);
  std::string bytes = compressed(how, text);
  // More than a block of zstd: within one, damage shows only in a sum, which not all files have.
  bytes.replace(bytes.size() / 2, 150'000, 150'000, '\xA5');
  auto file = with(bytes);
  const std::string before = all_of(file);
  CHECK(before.size() > 300'000);
  REQUIRE(file.damaged());
  CHECK(file.damaged()->offset == before.size());
  CHECK_FALSE(file.damaged()->reason.empty());
}

TEST_CASE_METHOD(compressed_fixture, "something else behind the last member is told") {
  const std::string text = incompressible_lines(300'000);
  auto file = with(compressed(how, text) + "what is this?");
  const std::string before = all_of(file);
  CHECK((text.starts_with(before)));
  CHECK(before.size() + coarseness() > text.size());
  REQUIRE(file.damaged());
  CHECK(file.damaged()->offset == before.size());
}

TEST_CASE("damage is told when the bytes before it have been read, not before") {
  testing::temporary_directory files;
  files.rewrite(compressed(compression::gzip, "one\n") + "what is this?");
  compressed_file file(files.path());
  CHECK(file.head() == "one\n");
  CHECK_FALSE(file.damaged());
  CHECK_FALSE(file.is_over());
  CHECK(all_of(file) == "one\n");
  REQUIRE(file.damaged());
  CHECK(file.damaged()->reason == "something else follows the compressed content");
}

TEST_CASE_METHOD(compressed_fixture, "the head is there wherever the file stands") {
  const std::string text = incompressible_lines(10'000);
  auto file = holding(text);
  CHECK((file.head() == text.substr(0, fingerprint::capacity)));
  REQUIRE(file.skip_to(5000));
  CHECK((file.head() == text.substr(0, fingerprint::capacity)));
  CHECK((all_of(file) == text.substr(5000)));
}

TEST_CASE_METHOD(compressed_fixture, "a bookmark is found again, and read on from there") {
  const std::uint64_t offset =
      GENERATE(as<std::uint64_t>{}, 0, 10, 256, 1024, 1500, 200'000, 250'000);
  const std::string text = incompressible_lines(250'000);
  append(text, "plain");
  const bookmark place = bookmark_at(open("plain").get(), offset);
  auto file = holding(text);
  REQUIRE(file.stands_at(place));
  CHECK(file.offset() == offset);
  CHECK((all_of(file) == text.substr(offset)));
}

TEST_CASE_METHOD(compressed_fixture, "a bookmark of other content is not found") {
  append("another\nline\n", "plain");
  const bookmark place = bookmark_at(open("plain").get(), 13);
  CHECK_FALSE(holding("another line\nmore\n").stands_at(place));
  CHECK_FALSE(holding("short\n").stands_at(place));
  CHECK_FALSE(holding("").stands_at(place));
}

TEST_CASE_METHOD(compressed_fixture,
                 "passing over goes on where it was bounded, and can begin again") {
  const std::string text = incompressible_lines(100'000);
  auto file = holding(text);
  std::uint64_t passed = 10'000;
  while (!file.skip_to(90'000, 10'000)) {
    REQUIRE(file.offset() == passed);
    passed += 10'000;
  }
  CHECK(passed == 90'000);
  CHECK_FALSE(file.skip_to(50'000));  // it is behind that
  CHECK_FALSE(file.skip_to(200'000));
  CHECK(file.is_over());
  file.begin_again();
  CHECK_FALSE(file.is_over());
  CHECK(all_of(file) == text);
}

TEST_CASE_METHOD(compressed_fixture, "a bomb is decompressed no further than it is asked for") {
  std::string zeros;
  zeros.resize(50'000'000);
  auto file = holding(zeros);
  std::array<char, 1000> piece{};
  CHECK(file.read(piece.data(), piece.size()) > 0);
  CHECK(file.offset() <= piece.size());
}

TEST_CASE("plain content under a compressed name is given as it is") {
  testing::temporary_directory files;
  const std::string text = GENERATE("", "a\n", "begin 644 log\n#86)C\n`\nend\n");
  files.rewrite(text, "log.gz");
  compressed_file file(files.path("log.gz"));
  CHECK_FALSE(file.is_compressed());
  CHECK(all_of(file) == text);
  CHECK_FALSE(file.damaged());
}

TEST_CASE("content that looks compressed is given as it is") {
  testing::temporary_directory files;
  const std::string inner = compressed(compression::bzip2, "a line\n");
  files.rewrite(compressed(GENERATE(compression::gzip, compression::bzip2), inner));
  compressed_file file(files.path());
  CHECK(all_of(file) == inner);
}

TEST_CASE("zeros behind the last member are padding") {
  testing::temporary_directory files;
  const auto how = GENERATE(compression::gzip, compression::bzip2);
  files.rewrite(compressed(how, "a line\n") + std::string(100'000, '\0'));
  compressed_file file(files.path());
  CHECK(all_of(file) == "a line\n");
  CHECK_FALSE(file.damaged());
}

TEST_CASE("a cut off gzip file gives all that stands before the cut") {
  testing::temporary_directory files;
  const std::string text = incompressible_lines(5000);
  files.rewrite(compressed(compression::gzip, text).substr(0, 4000));
  compressed_file file(files.path());
  const std::string before = all_of(file);
  CHECK(before.size() > 3900);
  CHECK((text.starts_with(before)));
}

TEST_CASE("a gzip member whose sum is wrong is damaged at its end") {
  testing::temporary_directory files;
  std::string bytes = compressed(compression::gzip, "a line\n");
  bytes[bytes.size() - 8] = static_cast<char>(~bytes[bytes.size() - 8]);
  files.rewrite(bytes);
  compressed_file file(files.path());
  CHECK(all_of(file) == "a line\n");
  REQUIRE(file.damaged());
  CHECK(file.damaged()->reason == "incorrect data check");
}

TEST_CASE("a zstd file with a window of 2 GiB is refused") {
  testing::temporary_directory files;
  // RFC 8878: magic, a descriptor without single segment, exponent 21 (2^31 bytes).
  files.rewrite(std::string("\x28\xB5\x2F\xFD\x00\xA8\x01\x00\x00", 9));
  compressed_file file(files.path());
  CHECK(all_of(file).empty());
  REQUIRE(file.damaged());
  CHECK_THAT(file.damaged()->reason, Catch::Contains("too much memory"));
}

TEST_CASE("a file that is not there, or cannot be read, throws with its name") {
  testing::temporary_directory files;
  CHECK_THROWS_WITH(compressed_file(files.path("none.gz")), Catch::Contains("none.gz"));
  CHECK_THROWS_AS(compressed_file(files.path("")), std::system_error);
}
