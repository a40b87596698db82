#include <logpipe/follow/compressed/gzip_decoder.hpp>

#define ZLIB_CONST  // its input is const
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace logpipe::follow {
namespace {

constexpr int gzip_only = 16;  // added to the window's size: no zlib header

}  // namespace

void gzip_decoder::deleter::operator()(z_stream_s* stream) const noexcept {
  ::inflateEnd(stream);
  std::default_delete<z_stream_s>()(stream);
}

gzip_decoder::gzip_decoder(file_bytes& from) : m_from(&from), m_stream(new z_stream_s{}) {
  if (::inflateInit2(m_stream.get(), MAX_WBITS + gzip_only) != Z_OK) throw std::bad_alloc();
}

std::size_t gzip_decoder::read(char* to, std::size_t size) {
  const auto room =
      static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
  m_stream->next_out = reinterpret_cast<Bytef*>(to);
  m_stream->avail_out = room;
  while (m_stream->avail_out == room && !has_failed()) {
    if (!m_in_member && !begin_member()) break;
    if (has_input()) {
      inflate_some();
    } else {
      fail(cut_off);
    }
  }
  return room - m_stream->avail_out;
}

bool gzip_decoder::has_input() {
  if (m_stream->avail_in != 0) return true;
  const std::string_view piece = m_from->next();
  m_stream->next_in = reinterpret_cast<const Bytef*>(piece.data());
  m_stream->avail_in = static_cast<uInt>(piece.size());
  return !piece.empty();
}

/// Behind a member. Zeros there are padding, as in gzip(1). False at the end.
bool gzip_decoder::begin_member() {
  while (has_input()) {
    if (*m_stream->next_in != 0) {
      ::inflateReset(m_stream.get());
      m_in_member = m_in_later_member = true;
      return true;
    }
    ++m_stream->next_in;
    --m_stream->avail_in;
  }
  return false;
}

void gzip_decoder::inflate_some() {
  switch (::inflate(m_stream.get(), Z_NO_FLUSH)) {
    case Z_OK:
    case Z_BUF_ERROR:  // it wants more
      break;
    case Z_STREAM_END:
      m_in_member = false;
      break;
    case Z_MEM_ERROR:
      throw std::bad_alloc();
    default:
      if (m_in_later_member && m_stream->total_out == 0) return fail(something_follows);
      fail(m_stream->msg != nullptr ? m_stream->msg : "it is damaged");
  }
}

}  // namespace logpipe::follow
