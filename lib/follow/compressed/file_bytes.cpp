#include <logpipe/base/fd.hpp>
#include <logpipe/follow/compressed/file_bytes.hpp>
#include <logpipe/follow/file/read_at.hpp>

#include <utility>

namespace logpipe::follow {
namespace {

constexpr std::size_t piece_size = std::size_t{64} * 1024;

}  // namespace

file_bytes::file_bytes(int descriptor, std::string name)
    : m_descriptor(descriptor), m_name(std::move(name)), m_piece(piece_size) {}

std::string_view file_bytes::next() {
  const std::string_view piece = piece_at(m_given);
  m_given += piece.size();
  m_ran_out = piece.empty();
  return piece;
}

bool file_bytes::only_zeros_from(std::uint64_t offset) {
  while (true) {
    const std::string_view piece = piece_at(offset);
    if (piece.find_first_not_of('\0') != std::string_view::npos) return false;
    if (piece.empty()) return true;
    offset += piece.size();
  }
}

std::string_view file_bytes::piece_at(std::uint64_t offset) {
  const ssize_t size = read_at(m_descriptor, m_piece.data(), m_piece.size(), offset);
  if (size < 0) throw_errno(m_name);
  return {m_piece.data(), static_cast<std::size_t>(size)};
}

}  // namespace logpipe::follow
