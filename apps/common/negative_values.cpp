#include "negative_values.hpp"

#include <CLI/CLI.hpp>

#include <cctype>
#include <string_view>

namespace logpipe::app {
namespace {

bool takes_value(const CLI::App& app, const std::string& name) {
  const CLI::Option* option = app.get_option_no_throw(name);
  return option != nullptr && option->get_items_expected_min() > 0;
}

/// Whether the value of an option is the next word.
bool wants_next_word(const CLI::App& app, const std::string& word) {
  if (word.starts_with("--")) return takes_value(app, word);
  if (!word.starts_with('-')) return false;
  // Flags may stand together before the one that takes a value.
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (takes_value(app, {'-', word[i]})) return i + 1 == word.size();
  }
  return false;
}

}  // namespace

bool looks_negative(std::string_view word) {
  return word.size() > 1 && word[0] == '-' &&
         std::isdigit(static_cast<unsigned char>(word[1])) != 0;
}

std::vector<std::string> join_negative_values(const CLI::App& app, int argc,
                                              const char* const* argv) {
  std::vector<std::string> words;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word == "--") {
      words.insert(words.end(), argv + i, argv + argc);
      break;
    }
    if (i + 1 < argc && looks_negative(argv[i + 1]) && wants_next_word(app, word)) {
      if (word.starts_with("--")) word += '=';
      word += argv[++i];
    }
    words.push_back(std::move(word));
  }
  return words;
}

}  // namespace logpipe::app
