#pragma once

#include "fake_sender.hpp"

#include <logpipe/ship/shipper.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <support/chunk_of.hpp>
#include <vector>

namespace logpipe::test {

/// A shipper over fake senders, with one topic "t" of four partitions. Source N, whose only
/// generation is N too, feeds partition N; time stands still until the test moves it.
class shipper_story {
public:
  explicit shipper_story(ship::shipper::options how = {})
      : shipper(
            std::move(how), [this] { return make_sender(); },
            [this](const ship::event& event) { hear(event); }) {
    add_topic("t", 0);
  }

  /// A topic whose sources are `first` and those behind it, for partition 0, 1, ...
  kafka::topic_id add_topic(const std::string& name, follow::source_id first,
                            std::int32_t partitions = 4) {
    const auto topic = shipper.add_topic(name);
    shipper.partitions_counted(topic, partitions);
    for (std::int32_t partition = 0; partition < partitions; ++partition) {
      const auto source = first + static_cast<follow::source_id>(partition);
      shipper.add_source(source, topic, path_for(partition, partitions));
    }
    return topic;
  }

  /// Lines of a source, at the offset where its last ones ended.
  void ship(follow::source_id source, const std::vector<std::string>& lines) {
    ship::parcel parcel = parcel_of(source, lines);
    shipper.ship(parcel, now);
  }
  ship::parcel parcel_of(follow::source_id source, const std::vector<std::string>& lines) {
    ship::parcel parcel;
    parcel.chunk = chunk_of(lines, m_ends[source]);
    parcel.chunk.source = source;
    parcel.chunk.generation = source;
    m_ends[source] = parcel.chunk.end;
    return parcel;
  }
  /// The same with a key for each line; "-" is none.
  void ship_keyed(follow::source_id source, const std::vector<std::string>& lines,
                  const std::vector<std::string>& keys) {
    auto parcel = parcel_of(source, lines);
    const auto store = std::make_shared<std::vector<std::string>>(keys);
    parcel.store = store;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      kafka::outgoing_record record;
      record.value = parcel.chunk.lines[i];
      if ((*store)[i] != "-") record.key = (*store)[i];
      parcel.records.push_back(record);
    }
    shipper.ship(parcel, now);
  }

  void serve() { shipper.serve(milliseconds(0), now); }
  void pass(milliseconds time) {
    now += time;
    serve();
  }
  void broker_takes_all() {
    for (int i = 0; i < 100 && shipper.unfinished() > 0; ++i) {
      sender->acknowledge_all();
      pass(milliseconds(20));
    }
  }
  template <typename Event>
  std::vector<Event> told() const {
    std::vector<Event> found;
    for (const auto& event : events) {
      if (const auto* e = std::get_if<Event>(&event)) found.push_back(*e);
    }
    return found;
  }
  bool may_read(follow::source_id source) const { return m_not_wanted.count(source) == 0; }

  time_point now{};
  fake_sender* sender = nullptr;
  int senders_made = 0;
  std::vector<ship::event> events;
  ship::shipper shipper;

private:
  std::unique_ptr<kafka::record_sender> make_sender() {
    auto made = std::make_unique<fake_sender>();
    sender = made.get();
    ++senders_made;
    return made;
  }
  void hear(const ship::event& event) {
    events.push_back(event);
    if (const auto* reading = std::get_if<ship::reading>(&event)) {
      m_not_wanted.erase(reading->source);
      if (!reading->wanted) m_not_wanted.insert(reading->source);
    }
  }
  /// A path that file routing sends to `partition`.
  static std::string path_for(std::int32_t partition, std::int32_t partitions) {
    const ship::router router({}, partitions);
    for (int i = 0;; ++i) {
      auto path = "/" + std::to_string(i);
      if (router.of_source("", path) == partition) return path;
    }
  }

  std::map<follow::source_id, std::uint64_t> m_ends;
  std::set<follow::source_id> m_not_wanted;
};

}  // namespace logpipe::test
