#include <logpipe/base/state/explained.hpp>
#include <logpipe/ship/internal/position_rows.hpp>
#include <logpipe/ship/position_database.hpp>
#include <logpipe/ship/position_schema.hpp>

#include <stdexcept>
#include <utility>

namespace logpipe::ship {

position_database::position_database(std::string path)
    : m_path(std::move(path)), m_database(open_state(m_path, position_schema())) {
  explained(m_path, [&] {
    m_next_id = read_run(m_database).next_id;
    m_write_generation = m_database.prepare(write_generation);
    m_write_source = m_database.prepare(write_source);
    m_write_run = m_database.prepare(write_run);
    m_select_generation = m_database.prepare(select_generation);
    m_forget_generation = m_database.prepare("DELETE FROM generations WHERE id = ?");
    m_forget_source = m_database.prepare("DELETE FROM sources WHERE path = ?");
  });
}

kept_positions position_database::load() {
  return explained(m_path, [&] { return read_all(m_database); });
}

std::string position_database::save(const position_changes& changes) {
  // SQLite would go on writing a file that nobody will find again.
  if (m_database.has_moved()) return "the file was removed, or another one put in its place";
  try {
    transaction together(m_database, transaction::kind::write);
    write_all(changes);
    together.commit();
    return {};
  } catch (const database_error& error) {
    return error.reason();
  } catch (const damaged_row& error) {
    return std::string("is damaged: ") + error.what();
  }
}

void position_database::write_all(const position_changes& changes) {
  for (const follow::kept_id id : changes.forgotten) {
    m_forget_generation.bind(1, id).run();
  }
  for (const auto& path : changes.forgotten_sources) {
    m_forget_source.bind(1, path).run();
  }
  for (follow::kept_generation generation : changes.generations) {
    if (generation.id <= 0 || generation.id >= m_next_id) {
      throw std::invalid_argument("a generation is kept by an ID from next_id()");
    }
    generation.seen = changes.alive;
    write(m_write_generation, generation);
  }
  for (const follow::kept_id id : changes.seen) {
    write_seen(id, changes.alive);
  }
  for (const auto& source : changes.sources) {
    write(m_write_source, source);
  }
  write(m_write_run,
        {.next_id = m_next_id, .alive = changes.alive, .ended_well = changes.ended_well});
}

void position_database::write_seen(follow::kept_id id, std::int64_t now) {
  m_select_generation.bind(1, id);
  if (!m_select_generation.step()) return;
  auto generation = read_generation(m_select_generation);
  m_select_generation.reset();
  generation.seen = now;
  write(m_write_generation, generation);
}

}  // namespace logpipe::ship
