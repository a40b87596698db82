#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <random>
#include <stdexcept>
#include <support/compressed_text.hpp>

namespace logpipe::test {
namespace {

struct deleter {
  void operator()(archive* written) const noexcept { ::archive_write_free(written); }
  void operator()(archive_entry* entry) const noexcept { ::archive_entry_free(entry); }
};

int filter_of(follow::compression how) {
  switch (how) {
    case follow::compression::gzip:
      return ARCHIVE_FILTER_GZIP;
    case follow::compression::bzip2:
      return ARCHIVE_FILTER_BZIP2;
    case follow::compression::xz:
      return ARCHIVE_FILTER_XZ;
    case follow::compression::zstd:
      return ARCHIVE_FILTER_ZSTD;
    case follow::compression::lz4:
      return ARCHIVE_FILTER_LZ4;
    case follow::compression::none:
      break;
  }
  return ARCHIVE_FILTER_NONE;
}

long append(archive* /*written*/, void* to, const void* bytes, std::size_t size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
  return static_cast<long>(size);
}

/// A frame without blocks. libarchive 3.6 crashes where it is to write one.
std::string empty_lz4() {
  return {"\x04\x22\x4D\x18\x64\x40\xA7\0\0\0\0\x05\x5D\xCC\x02", 15};
}

}  // namespace

std::string compressed(follow::compression how, std::string_view text) {
  if (how == follow::compression::lz4 && text.empty()) return empty_lz4();
  std::string file;
  const std::unique_ptr<archive, deleter> written(::archive_write_new());
  const std::unique_ptr<archive_entry, deleter> entry(::archive_entry_new());
  ::archive_entry_set_filetype(entry.get(), AE_IFREG);
  const auto require = [&](long result) {
    if (result < ARCHIVE_OK) throw std::runtime_error(::archive_error_string(written.get()));
  };
  require(::archive_write_set_format_raw(written.get()));
  require(::archive_write_add_filter(written.get(), filter_of(how)));
  if (how == follow::compression::gzip) {
    require(::archive_write_set_filter_option(written.get(), "gzip", "timestamp", nullptr));
  }
  if (how == follow::compression::lz4) {
    // 64 KiB, as in the other formats; nothing is known of a block until all of it is there.
    require(::archive_write_set_filter_option(written.get(), "lz4", "block-size", "4"));
  }
  require(::archive_write_set_bytes_per_block(written.get(), 0));  // no padding
  require(::archive_write_open(written.get(), &file, nullptr, &append, nullptr));
  require(::archive_write_header(written.get(), entry.get()));
  require(::archive_write_data(written.get(), text.data(), text.size()));
  require(::archive_write_close(written.get()));
  return file;
}

std::string incompressible_lines(std::size_t size) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::minstd_rand random;
  std::string text;
  while (text.size() < size) {
    const bool ends = text.size() % 100 == 99 || text.size() + 1 == size;
    text += ends ? '\n' : letters[(random() >> 8) % letters.size()];
  }
  return text;
}

}  // namespace logpipe::test
