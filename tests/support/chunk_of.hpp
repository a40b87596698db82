#pragma once

#include <logpipe/follow/chunk.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace logpipe::test {

/// A chunk as the follower gives it: these lines, each with its '\n', from `begin` on.
inline follow::chunk chunk_of(const std::vector<std::string>& lines, std::uint64_t begin = 0) {
  std::string all;
  for (const auto& line : lines) {
    all += line + '\n';
  }
  follow::chunk chunk;
  chunk.memory = std::shared_ptr<char[]>(new char[all.size()]);
  std::copy(all.begin(), all.end(), chunk.memory.get());
  chunk.base = chunk.begin = begin;
  chunk.end = begin + all.size();
  std::size_t at = 0;
  for (const auto& line : lines) {
    chunk.lines.emplace_back(chunk.memory.get() + at, line.size());
    at += line.size() + 1;
  }
  return chunk;
}

}  // namespace logpipe::test
