#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <support/temp_directory.hpp>
#include <system_error>

namespace logpipe::test {

temp_directory::temp_directory()
    : m_path((std::filesystem::temp_directory_path() / "logpipe-XXXXXX").string()) {
  if (mkdtemp(m_path.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), m_path);
  }
}

temp_directory::~temp_directory() {
  std::error_code ignored;
  std::filesystem::remove_all(m_path, ignored);
}

}  // namespace logpipe::test
