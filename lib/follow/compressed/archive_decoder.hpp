#pragma once

#include <logpipe/follow/compressed/decoder.hpp>

#include <exception>
#include <memory>
#include <string_view>

struct archive;

namespace logpipe::follow {

/// Every format that libarchive has a filter for, and plain content. Where it meets damage,
/// libarchive drops what it has decompressed of the block it was filling, 64 KiB of bzip2 and xz,
/// 128 KiB of zstd. A file whose window is larger than 128 MiB (zstd) or 1 GiB (xz) fails.
class archive_decoder final : public decoder {
public:
  archive_decoder(compression how, file_bytes& from);

  std::size_t read(char* to, std::size_t size) override;

private:
  struct deleter {
    void operator()(archive* opened) const noexcept;
  };
  static long give_bytes(archive* opened, void* self, const void** bytes) noexcept;
  bool open();
  bool next_block();
  void end();
  void fail_reading();
  void rethrow();

  file_bytes* m_from;
  /// What reading the file has thrown; no exception crosses libarchive.
  std::exception_ptr m_thrown;
  std::unique_ptr<archive, deleter> m_archive;
  bool m_is_open = false;
  bool m_is_over = false;
  std::string_view m_block;  ///< decompressed and not given yet; libarchive's memory
};

}  // namespace logpipe::follow
