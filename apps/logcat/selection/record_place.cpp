#include "record_place.hpp"

#include "common/exit_code.hpp"
#include "partition_list.hpp"

#include <logpipe/base/parse.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace logpipe::logcat {

record_place parse_record_place(std::string_view text) {
  const auto colon = std::min(text.find(':'), text.size());
  const auto partition = parse_partition(text.substr(0, colon));
  const auto offset = parse_integer(text.substr(std::min(colon + 1, text.size())));
  if (!partition || !offset || *offset < 0) {
    throw app::usage_error(fmt::format(
        "--at: \"{}\" is no place of a record; write PARTITION:OFFSET, as in 3:1500", text));
  }
  return {*partition, *offset};
}

}  // namespace logpipe::logcat
