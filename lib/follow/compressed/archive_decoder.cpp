#include <logpipe/follow/compressed/archive_decoder.hpp>

#include <archive.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

namespace logpipe::follow {
namespace {

int filter_of(compression how) noexcept {
  switch (how) {
    case compression::gzip:
      return ARCHIVE_FILTER_GZIP;
    case compression::bzip2:
      return ARCHIVE_FILTER_BZIP2;
    case compression::xz:
      return ARCHIVE_FILTER_XZ;
    case compression::zstd:
      return ARCHIVE_FILTER_ZSTD;
    case compression::lz4:
      return ARCHIVE_FILTER_LZ4;
    case compression::none:
      break;
  }
  return ARCHIVE_FILTER_NONE;
}

}  // namespace

void archive_decoder::deleter::operator()(archive* opened) const noexcept {
  ::archive_read_free(opened);
}

archive_decoder::archive_decoder(compression how, file_bytes& from)
    : m_from(&from), m_archive(::archive_read_new()) {
  if (!m_archive) throw std::bad_alloc();
  // The format and one filter are given, with no bidding for them and for more: content that looks
  // compressed, or uuencoded, is given as it is, no other program is started, and an empty file is
  // one.
  const bool fits = ::archive_read_append_filter(m_archive.get(), filter_of(how)) == ARCHIVE_OK &&
                    ::archive_read_set_format(m_archive.get(), ARCHIVE_FORMAT_RAW) == ARCHIVE_OK;
  if (!fits) fail_reading();
}

std::size_t archive_decoder::read(char* to, std::size_t size) {
  if (m_block.empty() && !next_block()) return 0;
  const std::size_t given = std::min(size, m_block.size());
  std::memcpy(to, m_block.data(), given);
  m_block.remove_prefix(given);
  return given;
}

bool archive_decoder::open() {
  archive_entry* content = nullptr;
  int result = ::archive_read_open(m_archive.get(), this, nullptr, &give_bytes, nullptr);
  if (result == ARCHIVE_OK) result = ::archive_read_next_header(m_archive.get(), &content);
  if (result == ARCHIVE_OK) {
    m_is_open = true;
    return true;
  }
  fail_reading();
  return false;
}

/// False at the end, and where it cannot go on.
bool archive_decoder::next_block() {
  if (m_is_over || has_failed() || (!m_is_open && !open())) return false;
  const void* bytes = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  const int result = ::archive_read_data_block(m_archive.get(), &bytes, &size, &offset);
  if (result == ARCHIVE_OK) {
    m_block = {static_cast<const char*>(bytes), size};
    return true;
  }
  if (result == ARCHIVE_EOF) {
    end();
  } else {
    fail_reading();
  }
  return false;
}

/// libarchive takes what is no further member for the end, whatever stands there.
void archive_decoder::end() {
  rethrow();
  m_is_over = true;
  const auto taken = static_cast<std::uint64_t>(::archive_filter_bytes(m_archive.get(), -1));
  if (!m_from->only_zeros_from(taken)) fail(something_follows);
}

void archive_decoder::rethrow() {
  if (m_thrown) std::rethrow_exception(std::exchange(m_thrown, nullptr));
}

void archive_decoder::fail_reading() {
  rethrow();
  const char* reason = ::archive_error_string(m_archive.get());
  fail(m_from->ran_out() ? cut_off : reason != nullptr ? reason : "it is damaged");
}

long archive_decoder::give_bytes(archive* opened, void* self, const void** bytes) noexcept {
  auto& decoder = *static_cast<archive_decoder*>(self);
  try {
    const std::string_view piece = decoder.m_from->next();
    *bytes = piece.data();
    return static_cast<long>(piece.size());
  } catch (...) {
    decoder.m_thrown = std::current_exception();
    ::archive_set_error(opened, EIO, "cannot read");
    return ARCHIVE_FATAL;
  }
}

}  // namespace logpipe::follow
