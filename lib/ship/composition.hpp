#pragma once

#include <logpipe/base/pattern.hpp>
#include <logpipe/format/text_template.hpp>

#include <optional>
#include <string>
#include <vector>

namespace logpipe::ship {

/// What records are made of; by default of lines as they are.
struct composition {
  struct header_template {
    std::string name;
    format::text_template value;
  };
  enum class input { lines, json };

  /// A line is taken when one of `include` (if there are any) is found in it, and none of `drop`.
  std::vector<pattern> include;
  std::vector<pattern> drop;
  std::optional<format::text_template> key;
  /// Not empty: the key is what stands before the first one in the line, the value what stands
  /// behind it. A line without one has no key. Excludes `key`.
  std::string key_delimiter;
  /// Added to each record, in this order, behind those that it has of its own.
  std::vector<header_template> headers;
  /// json: each line is a record as json_record_reader knows it. Excludes both keys.
  input lines_are = input::lines;
  /// With json: records ask for the partition that they came from.
  bool same_partition = false;
  /// What {host} stands for.
  std::string host;

  bool takes(std::string_view line) const;
};

}  // namespace logpipe::ship
