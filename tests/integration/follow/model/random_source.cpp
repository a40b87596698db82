#include "random_source.hpp"

namespace logpipe::follow::testing {

std::string random_text::piece() {
  if (m_alike) return "ok";
  const std::string number = std::to_string(++m_counter);
  const auto filled = [&](std::size_t most) {
    return number + std::string(m_random->pick(most), static_cast<char>('a' + m_random->pick(26)));
  };
  switch (m_random->pick(16)) {
    case 0:
      return {};
    case 1:
      return filled(1500);
    case 2:
      return m_random->one_in(4) ? filled(12000) : filled(300);
    case 3:
      return number + '\0' + number + "\xff\xfe\xc3(";
    case 4:
      return number + "\r" + number;
    case 5:
      return number + "\r";
    default:
      return filled(40);
  }
}

std::string random_text::lines(std::size_t count) {
  std::string text;
  while (count-- != 0) {
    text += piece() + line_end();
  }
  return text;
}

}  // namespace logpipe::follow::testing
