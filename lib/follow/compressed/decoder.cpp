#include <logpipe/follow/compressed/archive_decoder.hpp>
#include <logpipe/follow/compressed/decoder.hpp>
#include <logpipe/follow/compressed/gzip_decoder.hpp>

namespace logpipe::follow {

std::unique_ptr<decoder> make_decoder(compression how, file_bytes& from) {
  if (how == compression::gzip) return std::make_unique<gzip_decoder>(from);
  return std::make_unique<archive_decoder>(how, from);
}

}  // namespace logpipe::follow
