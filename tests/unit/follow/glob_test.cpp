#include "temporary_directory.hpp"

#include <logpipe/follow/names/glob.hpp>

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>
#include <vector>

using namespace logpipe::follow;
using logpipe::follow::testing::temporary_directory;

TEST_CASE("a wildcard stays within a name") {
  const glob logs("/var/log/*.log");
  CHECK(logs.matches("/var/log/app.log"));
  CHECK_FALSE(logs.matches("/var/log/sub/app.log"));
  CHECK_FALSE(logs.matches("/var/log/app.log.1"));
  CHECK_FALSE(logs.matches("/var/log"));
  CHECK(glob("a?[0-9]").matches("ab7"));
  CHECK_FALSE(glob("a?[!0-9]").matches("ab7"));
}

TEST_CASE("a leading dot is only matched by a dot") {
  CHECK_FALSE(glob("*.log").matches(".app.log"));
  CHECK(glob(".*.log").matches(".app.log"));
  CHECK_FALSE(glob("**/*.log").matches("a/.git/x.log"));
  CHECK(glob("**/.git/*.log").matches("a/.git/x.log"));
}

TEST_CASE("two stars stand for any number of directories") {
  const glob logs("/srv/**/log/*.log");
  CHECK(logs.matches("/srv/log/a.log"));
  CHECK(logs.matches("/srv/x/log/a.log"));
  CHECK(logs.matches("/srv/x/y/log/a.log"));
  CHECK_FALSE(logs.matches("/srv/x/a.log"));
  CHECK(glob("/srv/**").matches("/srv/a"));
  CHECK(glob("/srv/**").matches("/srv/a/b"));
  CHECK_FALSE(glob("/srv/**").matches("/srv"));
}

TEST_CASE("a backslash takes the meaning from what follows") {
  CHECK(glob("a\\*").matches("a*"));
  CHECK_FALSE(glob("a\\*").matches("ab"));
  CHECK_FALSE(has_wildcard("a\\*b\\?"));
  CHECK(has_wildcard("a\\\\*"));
  CHECK(glob("/a\\*b/*.log").base() == "/a*b");
}

TEST_CASE("the base is what all matches lie in") {
  CHECK(glob("/var/log/*/x").base() == "/var/log");
  CHECK(glob("*.log").base() == ".");
  CHECK(glob("./*.log").base() == ".");
  CHECK(glob("./*.log").matches("a.log"));
  CHECK(glob("logs//a/*.log").base() == "logs/a");
  CHECK(glob("/*").base() == "/");
  CHECK(glob("../x/*").base() == "../x");
}

TEST_CASE("directories that cannot lead to a match are not walked") {
  const glob one_level("/var/log/*/app.log");
  CHECK(one_level.may_match_below("/var/log"));
  CHECK(one_level.may_match_below("/var/log/x"));
  CHECK_FALSE(one_level.may_match_below("/var/log/x/y"));
  CHECK_FALSE(one_level.may_match_below("/var/log/.x"));
  CHECK(glob("/var/**/*.log").may_match_below("/var/a/b/c"));
  CHECK_FALSE(glob("/var/**/*.log").may_match_below("/var/.git"));
  CHECK(glob("*.log").may_match_below("."));
}

TEST_CASE("everything in a directory, hidden names too") {
  const glob flat = glob::everything_in("/a[1]", false);
  CHECK(flat.base() == "/a[1]");
  CHECK(flat.matches("/a[1]/.hidden"));
  CHECK_FALSE(flat.matches("/a[1]/b/c"));
  CHECK_FALSE(flat.may_match_below("/a[1]/b"));
  CHECK(glob::everything_in("/a", true).matches("/a/.b/c"));
  CHECK(glob::everything_in(".", false).matches("x"));
}

TEST_CASE("braces") {
  using texts = std::vector<std::string>;
  CHECK(expand_braces("a") == texts{"a"});
  CHECK(expand_braces("{a,b}.log") == texts{"a.log", "b.log"});
  CHECK(expand_braces("x{a,{b,c}d}") == texts{"xa", "xbd", "xcd"});
  CHECK(expand_braces("{a,}{1,2}") == texts{"a1", "a2", "1", "2"});
  CHECK(expand_braces("{a}") == texts{"{a}"});
  CHECK(expand_braces("{a,b") == texts{"{a,b"});
  CHECK(expand_braces("\\{a,b}") == texts{"\\{a,b}"});
  CHECK(expand_braces("\\\\{a,b}") == texts{"\\\\a", "\\\\b"});
}

TEST_CASE_METHOD(temporary_directory, "a file that is called like a pattern is a file") {
  CHECK(is_pattern(path("a[1].log")));
  append("x", "a[1].log");
  CHECK_FALSE(is_pattern(path("a[1].log")));
  CHECK_FALSE(is_pattern(path("missing.log")));
}

TEST_CASE("what is left out is named by its name or its path") {
  CHECK(leaves_out("*.gz", "/var/log/app.log.gz"));
  CHECK(leaves_out("*.gz", "/var/log/.gz"));
  CHECK_FALSE(leaves_out("*.gz", "/var/log.gz/app"));
  CHECK(leaves_out("/var/log/old/*", "/var/log/old/x"));
  CHECK(leaves_out("/var/**/old/*", "/var/log/old/x"));
  CHECK_FALSE(leaves_out("old/*", "/var/log/old/x"));
  CHECK_FALSE(leaves_out("./", "/var/log/old/x"));
}

TEST_CASE("what is left out may be named from the root, the working directory or anywhere") {
  const std::string here = std::filesystem::current_path();
  CHECK(leaves_out(here + "/old/*", "old/x"));
  CHECK(leaves_out("old/*", here + "/old/x"));
  CHECK(leaves_out("./old/*", here + "/logs/../old/x"));
  CHECK(leaves_out("**/old/*", "/var/log/old/x"));
  CHECK_FALSE(leaves_out("/**/older/*", "old/x"));
}
