#include <logpipe/ship/topic.hpp>

namespace logpipe::ship {

outlet& topic::at(std::int32_t partition) {
  const auto index = static_cast<std::size_t>(partition + 1);
  if (index >= m_outlets.size()) m_outlets.resize(index + 1);
  auto& found = m_outlets[index];
  if (!found) {
    found = std::make_unique<outlet>(
        outlet{this, partition, lane({m_number, partition}, m_hands_out_invalid)});
  }
  return *found;
}

const outlet* topic::find(std::int32_t partition) const noexcept {
  const auto index = static_cast<std::size_t>(partition + 1);
  return index < m_outlets.size() ? m_outlets[index].get() : nullptr;
}

}  // namespace logpipe::ship
