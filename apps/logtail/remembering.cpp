#include "remembering.hpp"

#include "sources.hpp"

#include <logpipe/base/time.hpp>
#include <logpipe/follow/names/real_path.hpp>

namespace logpipe::logtail {
namespace {

std::string text_of(const std::string& topic, const std::string& cluster) {
  return cluster.empty() ? fmt::format("topic \"{}\"", topic)
                         : fmt::format("topic \"{}\" of cluster {}", topic, cluster);
}

}  // namespace

remembering::remembering(state_file& state, const follow::follower& follower, app::messages& out)
    : m_path(state.positions->path()),
      m_out(out),
      m_keeper({.store = *state.positions,
                .describe = [&follower](
                                auto source,
                                auto generation) { return follower.describe(source, generation); },
                .tell = [this](const ship::position_event& event) { tell(event); },
                .wall_time = wall_clock_now},
               state.kept, clock::now()) {}

void remembering::note(const follow::event& event) {
  m_keeper.note(event);
  if (const auto* cut = std::get_if<follow::truncated>(&event)) {
    lost(cut->path, cut->unread);
  } else if (const auto* longer = std::get_if<follow::line_too_long>(&event)) {
    lost(longer->path, longer->size);
  } else if (const auto* given_up = std::get_if<follow::let_go>(&event)) {
    lost(given_up->path, given_up->unread);
  } else if (const auto* missed = std::get_if<follow::vanished>(&event)) {
    lost(missed->path, missed->unread);
  } else if (const auto* gone = std::get_if<follow::generation_vanished>(&event)) {
    lost(gone->what.source, gone->lost);
  } else if (const auto* held = std::get_if<follow::partial_held>(&event)) {
    m_keeper.sources().change(follow::full_path(held->path)).held = held->bytes;
  }
}

void remembering::lost(const std::string& path, std::uint64_t bytes) {
  if (bytes > 0) m_keeper.sources().change(follow::full_path(path)).lost += bytes;
}

void remembering::refused(const std::string& path) {
  ++m_keeper.sources().change(path).refused;
}

void remembering::add_source(const std::string& path, const std::string& topic) {
  if (m_cluster) {
    goes_to(path, topic);
  } else {
    m_waiting.emplace_back(path, topic);
  }
}

void remembering::connected(const std::string& cluster, ship::ledger& acknowledged) {
  m_cluster = cluster;
  m_keeper.watch(acknowledged);
  for (const auto& [path, topic] : std::exchange(m_waiting, {})) {
    goes_to(path, topic);
  }
}

void remembering::goes_to(const std::string& path, const std::string& topic) {
  const ship::kept_source before = m_keeper.sources().find(path) == nullptr
                                       ? ship::kept_source{}
                                       : *m_keeper.sources().find(path);
  const bool other_cluster =
      !before.cluster.empty() && !m_cluster->empty() && before.cluster != *m_cluster;
  const bool other_topic = !before.topic.empty() && before.topic != topic;
  if (other_topic || other_cluster) {
    const std::string text =
        fmt::format("{}: lines went to {} until now; from where they were, they go to {}", m_path,
                    text_of(before.topic, other_cluster ? before.cluster : ""),
                    text_of(topic, other_cluster ? *m_cluster : ""));
    if (m_told.insert(text).second) m_out.warning("{}", text);
  }
  const std::string& cluster = m_cluster->empty() ? before.cluster : *m_cluster;
  if (before.topic == topic && before.cluster == cluster && before.held == 0) return;
  ship::kept_source& now = m_keeper.sources().change(path);
  now.topic = topic;
  now.cluster = cluster;
  now.held = 0;
}

bool remembering::end() {
  const bool kept = m_keeper.end(clock::now());
  if (!kept) {
    m_out.error(
        "{}: the last positions could not be kept; the next run sends again what was sent "
        "since they could",
        m_path);
  }
  return kept;
}

void remembering::tell(const ship::position_event& event) {
  if (const auto* failing = std::get_if<ship::state_failing>(&event)) {
    m_out.error(
        "{}: positions cannot be kept ({}); lines are shipped all the same, and come "
        "twice if this run is killed",
        m_path, failing->reason);
  } else if (std::holds_alternative<ship::state_works>(event)) {
    m_out.warning("{}: positions are kept again", m_path);
  } else if (const auto* again = std::get_if<ship::sent_again>(&event)) {
    m_out.warning(
        "{}: at most {} lines were sent again that an earlier run had sent and not seen "
        "confirmed; they may be there twice",
        m_path, again->lines);
  }
}

}  // namespace logpipe::logtail
