#pragma once

#include "common/broker_watch.hpp"
#include "held_partitions.hpp"
#include "plan.hpp"
#include "rejected_file.hpp"
#include "remembering.hpp"
#include "source_table.hpp"
#include "topic_book.hpp"
#include "wording.hpp"

#include <logpipe/kafka/producer.hpp>
#include <logpipe/ship/composer.hpp>
#include <logpipe/ship/shipper.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::logtail {

/// The way of lines to the brokers: of which topic they become records, what kind of records, by
/// which producer. Tells what happens on it, and which sources are to be held meanwhile.
class delivery {
public:
  struct surroundings {
    const plan& of;
    app::messages& out;
    wording& words;
    app::broker_watch& brokers;
    /// A source is not to be read (true), or is again.
    std::function<void(follow::source_id, bool)> hold;
    /// What a generation's file is called now.
    std::function<std::string(follow::generation_id)> name_of;
    /// Null: no positions are kept.
    remembering* positions;
  };
  /// `around` holds references to what outlives it. Throws usage_error when --rejected cannot be
  /// opened.
  explicit delivery(surroundings around);

  /// Sources may be added and removed at any time, `path` is absolute; one whose topic is not open
  /// yet is held.
  void add_source(follow::source_id source, const std::string& path);
  void remove_source(follow::source_id source);

  topic_book& topics() noexcept { return m_topics; }
  /// With a producer that fits the topics that are open; before anything below.
  void start(std::unique_ptr<kafka::producer> producer);
  bool started() const noexcept { return m_shipper.has_value(); }

  /// More may be read.
  bool has_room() const noexcept { return m_shipper->has_room() && m_invalid.empty(); }
  /// Where to read the next chunk into, while there is room, and what sends it. What must not be
  /// sent before its position is kept waits for more of its kind, until flush().
  follow::chunk& chunk() noexcept { return m_parcel.chunk; }
  void ship(time_point now);
  void flush(time_point now);
  /// Takes what has been acknowledged and goes on with what was not. Does not wait.
  void serve(time_point now);
  /// Asks for topics that are not open; waits for up to 200 ms where no broker answers.
  void ask_topics(time_point now);
  /// Nothing more of the generation will come.
  void finished(follow::generation_id generation);

  int wake_fd() const noexcept { return m_shipper->wake_fd(); }
  std::optional<time_point> due(time_point now) const;

  const ship::shipper& shipped() const noexcept { return *m_shipper; }
  /// Records that are on their way.
  std::size_t unfinished() const noexcept;
  /// What is on its way waits for partitions, or topics, that a bounded run does not wait for.
  bool is_stuck_for_good(time_point now) const;
  std::optional<follow::identity> rejected() const;

private:
  std::unique_ptr<kafka::record_sender> make_sender();
  void feed(follow::source_id source, const std::string& path, std::size_t topic);
  void open(std::size_t topic);
  bool keep(std::span<const ship::rejected_record> records);
  void ship_parcel(time_point now);
  void hand_over(time_point now);
  void note(const ship::invalid_line& line);
  void refused(follow::source_id source);
  void tell(const ship::event& event);

  surroundings m_around;
  std::optional<rejected_file> m_rejected;
  source_table m_sources;
  topic_book m_topics;
  held_partitions m_held;
  ship::composer m_composer;
  ship::parcel m_parcel;
  /// Lines of the parcel that are no records, until they are kept elsewhere: it waits for that.
  std::vector<std::string_view> m_invalid;
  /// Parcels whose positions are kept together before they are sent, and the bytes they cover.
  std::vector<ship::parcel> m_waiting;
  std::uint64_t m_waiting_bytes = 0;
  time_point m_next_try{};
  std::unique_ptr<kafka::producer> m_first_producer;
  /// The shipper's sender, for questions.
  kafka::producer* m_producer = nullptr;
  /// Of the book's topics the shipper knows so many.
  std::size_t m_added_topics = 0;
  std::uint64_t m_delivered_before = 0;
  std::optional<ship::shipper> m_shipper;
};

}  // namespace logpipe::logtail
