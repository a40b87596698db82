#pragma once

#include <logpipe/ship/position_store.hpp>

#include <cstdint>
#include <string>

namespace logpipe::test {

/// A generation with something in each of its members, other things for other numbers.
inline follow::kept_generation some_generation(follow::kept_id id, std::uint64_t read = 100) {
  const auto number = static_cast<std::uint64_t>(id);
  return {.id = id,
          .source = "/var/log/app.log",
          .name = "/var/log/app.log." + std::to_string(id),
          .inode = ~number,
          .birth = 1'700'000'000'123'456'789 + id,
          .head = {1024, 0xffff'0000'0000'0000 + number},
          .alike = id % 2 == 0,
          .read = {.offset = read, .before = {.size = 256, .hash = 0xfedc'ba98'7654'3210 * number}},
          .sent = read + 7,
          .size = read + 9,
          .what = static_cast<follow::kept_generation::state>(number % 4)};
}

inline ship::kept_source some_source(const std::string& path, std::uint64_t lost = 1) {
  return {.path = path,
          .topic = "logs",
          .cluster = "MkU3OEVBNTcwNTJENDM2Qg",
          .held = 2,
          .lost = lost,
          .refused = 3,
          .sent_again = 4,
          .caught_up = 1'700'000'000'000};
}

}  // namespace logpipe::test
