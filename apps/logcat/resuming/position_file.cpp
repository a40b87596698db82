#include "position_file.hpp"

#include <logpipe/base/state/checked_row.hpp>
#include <logpipe/base/state/explained.hpp>
#include <logpipe/base/state/state_schema.hpp>

#include <array>
#include <utility>

namespace logpipe::logcat {
namespace {

constexpr std::uint32_t application = 0x6c6f6763;  // "logc"
/// Stands for the offset of a last record that there was not.
constexpr std::int64_t no_record = -1;

void first_version(database& in) {
  in.run(R"(
    CREATE TABLE positions(
      cluster TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL,
      next INTEGER NOT NULL, last_offset INTEGER NOT NULL, last_timestamp INTEGER NOT NULL,
      last_hash INTEGER NOT NULL, checksum INTEGER NOT NULL,
      PRIMARY KEY(cluster, topic, partition)) WITHOUT ROWID;
    CREATE TABLE topics(
      cluster TEXT NOT NULL, topic TEXT NOT NULL, partitions INTEGER NOT NULL,
      checksum INTEGER NOT NULL,
      PRIMARY KEY(cluster, topic)) WITHOUT ROWID)");
}

constexpr std::array steps = {schema_step{first_version}};

state_schema schema() {
  return {.application = application, .content = "topic positions", .steps = steps};
}

using kept_by_cluster = std::map<std::string, kept_positions>;

void read_position(statement& from, kept_by_cluster& into) {
  std::string cluster;
  kafka::topic_partition of;
  kept_position position;
  record_mark last;
  row_reader row(from, "the position of cluster");
  row.next(cluster);
  row.next(of.topic);
  row.next(of.partition);
  row.next(position.next);
  row.next(last.offset);
  row.next(last.timestamp);
  row.next(last.hash);
  row.check();
  if (last.offset != no_record) position.last = last;
  into[cluster].partitions.emplace(std::move(of), position);
}

void read_topic(statement& from, kept_by_cluster& into) {
  std::string cluster;
  std::string topic;
  std::int32_t partitions = 0;
  row_reader row(from, "a topic of cluster");
  row.next(cluster);
  row.next(topic);
  row.next(partitions);
  row.check();
  into[cluster].topics.emplace(std::move(topic), partitions);
}

kept_by_cluster read_all(database& from) {
  kept_by_cluster kept;
  for (auto rows = from.prepare("SELECT * FROM positions"); rows.step();) {
    read_position(rows, kept);
  }
  for (auto rows = from.prepare("SELECT * FROM topics"); rows.step();) {
    read_topic(rows, kept);
  }
  return kept;
}

}  // namespace

position_file::position_file(std::string path)
    : m_path(std::move(path)), m_database(open_state(m_path, schema())) {
  explained(m_path, [&] {
    m_before = read_all(m_database);
    m_write_position = m_database.prepare("REPLACE INTO positions VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
    m_write_topic = m_database.prepare("REPLACE INTO topics VALUES(?, ?, ?, ?)");
  });
}

const kept_positions& position_file::use(const std::string& cluster) {
  m_cluster = cluster;
  return m_before[cluster];
}

void position_file::reads(const std::string& topic, std::int32_t partitions) {
  m_topics.insert_or_assign(topic, partitions);
}

std::string position_file::keep(const std::vector<partition_position>& positions) {
  // SQLite would go on writing a file that nobody will find again.
  if (m_database.has_moved()) return "the file was removed, or another one put in its place";
  try {
    transaction together(m_database, transaction::kind::write);
    for (const auto& position : positions) {
      write(position);
    }
    for (const auto& [topic, partitions] : m_topics) {
      write(topic, partitions);
    }
    together.commit();
    m_topics.clear();
    return {};
  } catch (const database_error& error) {
    return error.reason();
  }
}

void position_file::write(const partition_position& position) {
  const auto last = position.at.last.value_or(record_mark{.offset = no_record});
  row_writer(m_write_position)
      .add(m_cluster)
      .add(position.topic)
      .add(position.partition)
      .add(position.at.next)
      .add(last.offset)
      .add(last.timestamp)
      .add(last.hash)
      .run();
}

void position_file::write(const std::string& topic, std::int32_t partitions) {
  row_writer(m_write_topic).add(m_cluster).add(topic).add(partitions).run();
}

}  // namespace logpipe::logcat
