#include "keeper_story.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace logpipe;
using namespace logpipe::test;

namespace {

/// A keeper under random lines, acknowledgements, rotations, failing saves and crashes. Each log is
/// one endless file; the model knows up to where it was handed over by any run, and which of its
/// lines are acknowledged.
class random_keeper_story {
public:
  explicit random_keeper_story(unsigned seed) : m_random(seed) { read_on(); }

  void step() {
    switch (pick(12)) {
      case 0:
      case 1:
      case 2:
        send();
        break;
      case 3:
      case 4:
      case 5:
        acknowledge();
        break;
      case 6:
        m_story.pass(milliseconds(pick(1500)));
        break;
      case 7:
        if (pick(4) == 0) m_story.store.failure = m_story.store.failure.empty() ? "full" : "";
        break;
      case 8:
        if (pick(5) == 0) end_one();
        break;
      case 9:
        if (pick(8) == 0) crash();
        break;
      default:
        m_story.pass(milliseconds(pick(50)));
    }
    check();
  }

private:
  struct log {
    follow::generation_id now = 0;  // what a run calls it
    bool ended = false;
    std::uint64_t sent = 0;       // by any run
    std::uint64_t sent_here = 0;  // by this one
    /// Begin and end of the lines that are on their way.
    std::map<ship::ledger::batch_id, std::pair<std::uint64_t, std::size_t>> on_the_way;
    std::vector<bool> acknowledged;
  };

  unsigned pick(unsigned below) {
    return std::uniform_int_distribution<unsigned>(0, below - 1)(m_random);
  }

  /// A run begins: each log where it was kept, or at its beginning.
  void read_on() {
    for (auto& [inode, each] : m_logs) {
      each.on_the_way.clear();
      each.ended = false;
      const auto row = m_story.find_row(inode);
      std::vector<follow::kept_id> continues;
      if (row) continues.push_back(row->id);
      const std::uint64_t start = row ? row->read.offset : 0;
      if (row) CHECK(row->read == keeper_story::at(start));
      each.sent_here = start;
      m_story.begin(inode, start, start, continues);
    }
  }
  void send() {
    const follow::generation_id inode = 1 + pick(4);
    log& to = m_logs[inode];
    if (to.ended) return;
    const std::size_t lines = 1 + pick(30);
    const auto batch = m_story.send(inode, lines);
    to.on_the_way[batch] = {to.sent_here / keeper_story::line_size, lines};
    to.sent_here += lines * keeper_story::line_size;
    to.sent = std::max(to.sent, to.sent_here);
    to.acknowledged.resize(to.sent / keeper_story::line_size);
  }
  void acknowledge() {
    const follow::generation_id inode = 1 + pick(4);
    log& of = m_logs[inode];
    if (of.on_the_way.empty()) return;
    const auto batch =
        std::next(of.on_the_way.begin(), pick(static_cast<unsigned>(of.on_the_way.size())));
    const auto [first, lines] = batch->second;
    std::fill_n(of.acknowledged.begin() + static_cast<std::ptrdiff_t>(first), lines, true);
    m_story.acknowledge(inode, batch->first, lines);
    of.on_the_way.erase(batch);
  }
  void end_one() {
    const follow::generation_id inode = 1 + pick(4);
    if (std::exchange(m_logs[inode].ended, true)) return;
    m_story.end(inode);
  }
  void crash() {
    m_story.store.failure.clear();
    m_story.crash();
    read_on();
  }
  /// What a crash would leave now.
  void check() {
    for (const auto& [inode, each] : m_logs) {
      const auto row = m_story.find_row(inode);
      if (each.sent_here > 0 && !m_story.is_failing()) REQUIRE(row);
      if (!row) continue;
      const auto first_not = std::find(each.acknowledged.begin(), each.acknowledged.end(), false);
      const auto acknowledged = static_cast<std::uint64_t>(first_not - each.acknowledged.begin());
      REQUIRE(row->read.offset <= acknowledged * keeper_story::line_size);
      REQUIRE(row->read == keeper_story::at(row->read.offset));
      if (!m_story.is_failing()) REQUIRE(row->sent >= each.sent_here);
    }
  }

  std::mt19937 m_random;
  keeper_story m_story;
  std::map<follow::generation_id, log> m_logs{{1, {}}, {2, {}}, {3, {}}, {4, {}}};
};

}  // namespace

TEST_CASE("whenever a run is killed, what is kept is not beyond what was acknowledged") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    random_keeper_story story(seed);
    for (int i = 0; i < 200; ++i) {
      story.step();
    }
  }
}
