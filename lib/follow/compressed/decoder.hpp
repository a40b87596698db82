#pragma once

#include <logpipe/follow/compressed/compression.hpp>
#include <logpipe/follow/compressed/file_bytes.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace logpipe::follow {

/// Decompresses one file, all its members (streams, frames) as one content. What it holds in memory
/// does not depend on how much that is.
class decoder {
public:
  decoder() = default;
  decoder(const decoder&) = delete;
  decoder& operator=(const decoder&) = delete;
  virtual ~decoder() = default;

  /// The next bytes, at most `size`; 0 at the end, and where it cannot go on. Throws
  /// std::system_error when the file cannot be read.
  virtual std::size_t read(char* to, std::size_t size) = 0;
  /// Why it cannot go on, when read() has given 0: the file is cut off or damaged, or it asks for
  /// too much memory. Empty at the end.
  const std::string& failure() const noexcept { return m_failure; }

protected:
  void fail(std::string reason) { m_failure = std::move(reason); }
  bool has_failed() const noexcept { return !m_failure.empty(); }

  static constexpr const char* cut_off = "it is cut off";
  static constexpr const char* something_follows = "something else follows the compressed content";

private:
  std::string m_failure;
};

/// `from` outlives it. `none` gives the bytes as they are.
std::unique_ptr<decoder> make_decoder(compression how, file_bytes& from);

}  // namespace logpipe::follow
