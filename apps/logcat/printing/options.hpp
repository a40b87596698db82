#pragma once

#include "common/color.hpp"

#include <optional>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace logpipe::logcat {

/// How records look, as it was written.
struct printing_options {
  std::optional<std::string> format;
  /// Whose names: logcat where none are given.
  std::optional<std::string> json;
  std::optional<std::string> json_bytes;
  bool value_only = false;
  bool nul = false;
  std::vector<std::string> packings;
  std::optional<std::string> null_text;
  bool null_word = false;
  std::optional<std::string> most_value;
  std::optional<std::string> escape;
  app::color_option color;
  std::optional<std::string> progress;

  /// `app`'s lifetime ends before ours.
  void add_to(CLI::App& app);
};

}  // namespace logpipe::logcat
