#include <logpipe/ship/destinations.hpp>

namespace logpipe::ship {

topic& destinations::add_topic(const std::string& name) {
  const auto number = static_cast<kafka::topic_id>(m_topics.size());
  m_topics.push_back(std::make_unique<topic>(number, name, m_hands_out_invalid));
  return *m_topics.back();
}

void destinations::tell(kafka::record_sender& sender) const {
  for (const auto& each : m_topics) {
    sender.add_topic(each->name());
  }
}

std::int32_t destinations::count_partitions(topic& counted, std::int32_t partitions) {
  if (!counted.route) {
    counted.route.emplace(m_how, partitions);
    m_gates.sort(counted, [this](follow::source_id source) { return route(m_sources[source]); });
  }
  return counted.route->partitions();
}

void destinations::add_source(follow::source_id source, topic& to, const std::string& path) {
  if (source >= m_sources.size()) m_sources.resize(source + 1);
  m_sources[source] = {&to, path, std::nullopt};
  m_gates.add(source, to, route(m_sources[source]));
}

outlet* destinations::route(destination_of_source& source) const {
  if (!source.to->route) return nullptr;
  source.partition = source.to->route->of_source(m_host, source.path);
  return source.partition ? &source.to->at(*source.partition) : nullptr;
}

}  // namespace logpipe::ship
