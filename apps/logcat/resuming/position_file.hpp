#pragma once

#include "kept_position.hpp"
#include "position_store.hpp"

#include <logpipe/base/database.hpp>

#include <map>
#include <string>

namespace logpipe::logcat {

/// The state file of --state: positions in an SQLite database, as sqlite3(1) shows them too, by
/// cluster, topic and partition, each row with a checksum. It is as safe as any state file, see
/// open_state(). For who has its lock.
class position_file final : public position_store {
public:
  /// `path` as state_path() gives it. Made where there is none. Throws state_error, also when
  /// something in it does not fit.
  explicit position_file(std::string path);

  /// What earlier runs kept of this cluster, by its ID, which all later calls are about.
  const kept_positions& use(const std::string& cluster);
  /// What is read there, as in kept_positions::topics: kept with the next positions.
  void reads(const std::string& topic, std::int32_t partitions);

  std::string keep(const std::vector<partition_position>& positions) override;

  const std::string& path() const noexcept { return m_path; }

private:
  void write(const partition_position& position);
  void write(const std::string& topic, std::int32_t partitions);

  std::string m_path;
  database m_database;
  statement m_write_position;
  statement m_write_topic;
  std::map<std::string, kept_positions> m_before;  // by cluster, as it was opened
  std::string m_cluster;
  std::map<std::string, std::int32_t> m_topics;  // not kept yet
};

}  // namespace logpipe::logcat
