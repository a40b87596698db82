#include "common/terminal.hpp"

#include <logpipe/base/fd.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace logpipe;

namespace {

/// The locale's variables, for as long as it lives; those that are not given are not set.
class locale_set {
public:
  explicit locale_set(std::initializer_list<std::pair<const char*, const char*>> variables) {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
      const char* before = std::getenv(name);
      m_before.emplace_back(name, before == nullptr ? std::nullopt : std::optional(before));
      ::unsetenv(name);
    }
    for (const auto& [name, value] : variables) {
      ::setenv(name, value, 1);
    }
  }
  ~locale_set() {
    for (const auto& [name, value] : m_before) {
      ::unsetenv(name.c_str());
      if (value) ::setenv(name.c_str(), value->c_str(), 1);
    }
  }
  locale_set(const locale_set&) = delete;
  locale_set& operator=(const locale_set&) = delete;

private:
  std::vector<std::pair<std::string, std::optional<std::string>>> m_before;
};

bool utf8_with(std::initializer_list<std::pair<const char*, const char*>> variables) {
  const locale_set set(variables);
  return app::speaks_utf8();
}

}  // namespace

TEST_CASE("what is no terminal is 80 columns wide") {
  const fd null(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  CHECK(app::columns_of(null.get()) == 80);
}

TEST_CASE("the first variable that is set says what the characters are") {
  CHECK_FALSE(utf8_with({}));
  CHECK(utf8_with({{"LANG", "de_DE.UTF-8"}}));
  CHECK(utf8_with({{"LC_CTYPE", "C.utf8"}, {"LANG", "C"}}));
  CHECK_FALSE(utf8_with({{"LC_ALL", "C"}, {"LANG", "de_DE.UTF-8"}}));
  CHECK(utf8_with({{"LC_ALL", ""}, {"LANG", "de_DE.UTF-8"}}));
  CHECK_FALSE(utf8_with({{"LANG", "de_DE.ISO-8859-1"}}));
}
