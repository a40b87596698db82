#pragma once

#include <logpipe/follow/compressed/decoder.hpp>

#include <memory>

struct z_stream_s;

namespace logpipe::follow {

/// gzip, by zlib itself: libarchive (3.6) does not check the sum at the end of a member, and where
/// it meets damage it drops up to 64 KiB of what it has decompressed before. With zlib the last
/// byte before a cut is there.
class gzip_decoder final : public decoder {
public:
  explicit gzip_decoder(file_bytes& from);

  std::size_t read(char* to, std::size_t size) override;

private:
  bool has_input();
  bool begin_member();
  void inflate_some();

  struct deleter {
    void operator()(z_stream_s* stream) const noexcept;
  };
  file_bytes* m_from;
  std::unique_ptr<z_stream_s, deleter> m_stream;
  bool m_in_member = true;
  bool m_in_later_member = false;
};

}  // namespace logpipe::follow
