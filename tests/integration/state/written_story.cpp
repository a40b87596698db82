#include "written_story.hpp"

#include <logpipe/ship/position_database.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace logpipe::ship::testing {

written_story::written_story(std::uint64_t seed) {
  constexpr int runs = 3;
  const test::temp_directory directory;
  const std::string path = directory / "state";
  { const position_database made(path); }
  std::ifstream file(path, std::ios::binary);
  m_beginning.put("state", {std::istreambuf_iterator<char>(file), {}});

  position_model model(seed);
  m_saves.push_back({model.all(), 0, true});
  const disk under;
  for (int i = 0; i < runs; ++i) {
    run(path, model, under);
    m_saves.push_back({model.all(), under.changes().size(), true});
  }
  m_changes = under.changes();
}

void written_story::run(const std::string& path, position_model& model, const disk& under) {
  constexpr int saves = 8;
  position_database store(path);
  for (int i = 0; i < saves; ++i) {
    const auto changes = model.change(store, i % 4 == 0 ? 60 : 3);
    if (const auto error = store.save(changes); !error.empty()) throw std::runtime_error(error);
    model.keep(changes);
    m_saves.push_back({model.all(), under.changes().size(), false});
    // What SQLite does by itself when its log has grown: the next save writes it from its
    // beginning.
    if (i % 3 == 2) database(path, database::mode::write).run("PRAGMA wal_checkpoint");
  }
}

int written_story::save_of(const kept_positions& found) const {
  for (int i = static_cast<int>(m_saves.size()) - 1; i >= 0; --i) {
    if (same(m_saves[static_cast<std::size_t>(i)].kept, found)) return i;
  }
  return -1;
}

int written_story::last_save(std::size_t changes) const {
  int last = 0;
  while (static_cast<std::size_t>(last) + 1 < m_saves.size() &&
         m_saves[static_cast<std::size_t>(last) + 1].changes <= changes) {
    ++last;
  }
  return last;
}

int written_story::last_durable(std::size_t changes) const {
  int last = last_save(changes);
  while (!m_saves[static_cast<std::size_t>(last)].durable)
    --last;
  return last;
}

}  // namespace logpipe::ship::testing
