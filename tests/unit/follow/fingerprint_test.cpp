#include <logpipe/follow/file/fingerprint.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace logpipe::follow;

namespace {

fingerprint of(std::string_view head) {
  fingerprint made;
  made.extend(head);
  return made;
}

}  // namespace

TEST_CASE("a fingerprint matches a file that begins alike and is as long or longer") {
  const auto known = of("one\ntwo\n");
  CHECK(known.matches("one\ntwo\n"));
  CHECK(known.matches("one\ntwo\nthree\n"));
  CHECK_FALSE(known.matches("one\ntwo"));
  CHECK_FALSE(known.matches("one\ntwO\nthree\n"));
}

TEST_CASE("the fingerprint of an empty file matches nothing") {
  CHECK_FALSE(of("").matches(""));
  CHECK_FALSE(of("").matches("one\n"));
}

TEST_CASE("a fingerprint grows with its file to the same as if taken at once") {
  std::string file;
  fingerprint grown;
  for (int i = 0; !grown.full(); ++i) {
    const std::string line = "line " + std::to_string(i) + "\n";
    file += line;
    grown.extend(line);
    CHECK(grown == of(file));
    CHECK(grown.matches(file));
  }
  CHECK(grown.size() == 1024);
  grown.extend("more");
  CHECK(grown.size() == 1024);
  CHECK(grown.matches(file + "what is beyond counts no more"));
  file[1023] ^= 1;
  CHECK_FALSE(grown.matches(file));
}

TEST_CASE("lines that are all alike say little about a file") {
  CHECK(all_lines_alike(""));
  CHECK(all_lines_alike("ok\n"));
  CHECK(all_lines_alike("ok\nok\nok\n"));
  CHECK(all_lines_alike("ok\nok\no"));
  CHECK(all_lines_alike(std::string(1024, '\0')));
  CHECK_FALSE(all_lines_alike("ok\nok\nno"));
  CHECK_FALSE(all_lines_alike("1 ok\n2 ok\n"));
  CHECK_FALSE(all_lines_alike("half a line"));
}
