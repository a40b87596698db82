#include <logpipe/kafka/internal/properties.hpp>

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <utility>

namespace logpipe::kafka {
namespace {

struct file_closer {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
struct text_freer {
  void operator()(char* text) const noexcept { std::free(text); }
};

std::string properties_table() {
  char* text = nullptr;
  std::size_t size = 0;
  if (std::unique_ptr<std::FILE, file_closer> stream{open_memstream(&text, &size)}) {
    rd_kafka_conf_properties_show(stream.get());
  }
  std::unique_ptr<char, text_freer> owner{text};
  return {text, size};
}

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// The name in "... | Alias for `metadata.broker.list`: ...".
std::string_view alias_target(std::string_view row) {
  constexpr std::string_view mark = "Alias for `";
  const auto at = row.find(mark);
  if (at == std::string_view::npos) return {};
  row.remove_prefix(at + mark.size());
  return row.substr(0, row.find('`'));
}

// rd_kafka_conf_dump() leaves aliases out; the table that CONFIGURATION.md is made of has them.
std::map<std::string, std::string, std::less<>> read_table() {
  std::map<std::string, std::string, std::less<>> names;
  std::istringstream table(properties_table());
  for (std::string row; std::getline(table, row);) {
    const auto bar = row.find('|');
    if (bar == std::string::npos || row.front() == '-') continue;
    const auto name = trim(std::string_view(row).substr(0, bar));
    if (name == "Property") continue;
    const auto target = alias_target(row);
    names.emplace(name, target.empty() ? name : target);
  }
  return names;
}

}  // namespace

const std::map<std::string, std::string, std::less<>>& known_properties() {
  static const auto names = read_table();
  return names;
}

std::string canonical_property(std::string_view name) {
  const auto& names = known_properties();
  const auto found = names.find(name);
  return found == names.end() ? std::string(name) : found->second;
}

std::optional<std::string_view> owner_of(std::string_view canonical) {
  constexpr std::string_view never_given_up = "records are never given up because time passed";
  constexpr std::string_view no_auto_commit = "offsets are only committed for what was dealt with";
  constexpr std::string_view inside = "logpipe needs it as it is";
  static constexpr std::array owned{
      std::pair{std::string_view("transactional.id"),
                std::string_view("records are sent idempotently, without transactions")},
      std::pair{std::string_view("group.id"),
                std::string_view("a group is only joined where that is asked for")},
      std::pair{std::string_view("isolation.level"),
                std::string_view("each reader is told what it reads")},
      std::pair{std::string_view("auto.offset.reset"),
                std::string_view("every start is an explicit offset")},
      std::pair{std::string_view("enable.auto.commit"), no_auto_commit},
      std::pair{std::string_view("auto.commit.enable"), no_auto_commit},
      std::pair{std::string_view("enable.auto.offset.store"), no_auto_commit},
      std::pair{std::string_view("message.timeout.ms"), never_given_up},
      std::pair{std::string_view("enable.idempotence"),
                std::string_view("it is on, but for acks other than all")},
      std::pair{std::string_view("allow.auto.create.topics"),
                std::string_view("shipping lets the broker make a topic, looking never does")},
      std::pair{std::string_view("enable.partition.eof"), inside},
      std::pair{std::string_view("delivery.report.only.error"), inside},
      std::pair{std::string_view("log.queue"), inside},
  };
  const auto found = std::find_if(owned.begin(), owned.end(),
                                  [&](const auto& each) { return each.first == canonical; });
  if (found == owned.end()) return std::nullopt;
  return found->second;
}

}  // namespace logpipe::kafka
